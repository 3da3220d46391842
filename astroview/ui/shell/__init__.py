"""What frames the workspaces: actions, menus, notices, dialogs, keyboard."""
