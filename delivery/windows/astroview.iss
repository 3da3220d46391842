; Inno Setup: for this user alone, without an administrator; offers .fits and .xisf.
[Setup]
AppId=astroview-app
AppName=astroview
AppVersion={#Version}
AppPublisher=The astroview developers
DefaultDirName={autopf}\astroview
DefaultGroupName=astroview
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog
OutputDir={#Out}
OutputBaseFilename={#Name}
Compression=lzma2
SolidCompression=yes
ChangesAssociations=yes
ChangesEnvironment=yes
ArchitecturesInstallIn64BitMode=x64compatible
UninstallDisplayIcon={app}\astroview.exe

[Files]
Source: "{#Source}\*"; DestDir: "{app}"; Flags: recursesubdirs ignoreversion

[Tasks]
Name: frames; Description: "Offer astroview for FITS and XISF files"

[Registry]
Root: HKA; Subkey: "Software\Classes\astroview.frame"; ValueType: string; ValueData: "Astronomical frame"; Flags: uninsdeletekey; Tasks: frames
Root: HKA; Subkey: "Software\Classes\astroview.frame\shell\open\command"; ValueType: string; ValueData: """{app}\astroview-window.exe"" ""%1"""; Tasks: frames
Root: HKA; Subkey: "Software\Classes\.fits\OpenWithProgids"; ValueType: string; ValueName: "astroview.frame"; Flags: uninsdeletevalue; Tasks: frames
Root: HKA; Subkey: "Software\Classes\.fit\OpenWithProgids"; ValueType: string; ValueName: "astroview.frame"; Flags: uninsdeletevalue; Tasks: frames
Root: HKA; Subkey: "Software\Classes\.xisf\OpenWithProgids"; ValueType: string; ValueName: "astroview.frame"; Flags: uninsdeletevalue; Tasks: frames

[Icons]
Name: "{group}\astroview"; Filename: "{app}\astroview-window.exe"
