"""Qt style sheet; ``@name`` stands for a colour of `theme.Theme`, ``@icons`` for the folder."""

SHEET = """
* { outline: 0; }
QMainWindow, QDialog { background: @window; }
QToolTip {
    background: @panel; color: @text; border: 1px solid @line; padding: 4px 6px;
}

QMenuBar { background: @window; color: @text; padding: 2px 4px; }
QMenuBar::item { padding: 4px 9px; border-radius: 4px; background: transparent; }
QMenuBar::item:selected { background: @hover; }
QMenu { background: @panel; border: 1px solid @line; padding: 5px; }
QMenu::item { padding: 5px 26px 5px 12px; border-radius: 4px; }
QMenu::item:selected { background: @hover; }
QMenu::item:disabled { color: @faint; }
QMenu::separator { height: 1px; background: @line; margin: 5px 8px; }
QMenu::icon { padding-left: 8px; }
QMenu::indicator { width: 14px; height: 14px; left: 7px; }
QMenu::indicator:checked { background: @accent; border-radius: 3px; image: url(@icons/tick.svg); }

#tools { background: @window; border: 0; border-bottom: 1px solid @line; }
QToolBar { background: @window; border: 0; padding: 4px 8px; spacing: 2px; }
QToolBar > #qt_toolbar_ext_button {
    qproperty-icon: url(@icons/chevron_down.svg); qproperty-iconSize: 14px 14px; padding: 5px 1px;
}
QMenuBar > #qt_menubar_ext_button {
    qproperty-icon: url(@icons/chevron_down.svg); qproperty-iconSize: 14px 14px; padding: 3px 1px;
}
QToolBar::separator { width: 1px; background: @line; margin: 5px 7px; }
QToolButton {
    background: transparent; border: 0; border-radius: 5px; padding: 5px; color: @text;
}
QToolButton:hover { background: @hover; }
QToolButton:pressed { background: @line; }
QToolButton:disabled { color: @faint; }
QToolButton:focus { background: @hover; }

QToolButton#look { border: 1px solid transparent; padding: 4px 0; }
QToolButton#look:checked { background: @hover; border-color: @accent; }
QToolButton#fold { padding: 3px 6px 3px 0; color: @muted; }
QToolButton#fold:hover, QToolButton#fold:focus { background: transparent; color: @text; }

#segmented { background: @field; border: 1px solid @line; border-radius: 6px; }
#segmented QToolButton { border-radius: 4px; padding: 4px 9px; margin: 1px; color: @muted; }
#segmented QToolButton:hover { color: @text; }
#segmented QToolButton:checked { background: @hover; color: @text; }
#segmented QToolButton:checked:focus { color: @accent_text; }
#segmented QToolButton:disabled { color: @faint; background: transparent; }
#segmented QToolButton:checked:disabled { background: @hover; color: @muted; }

#status { background: @window; border-top: 1px solid @line; }
#reading { color: @text; }
#keys { color: @muted; }

#panel { background: @panel; }
#left { background: @panel; border-right: 1px solid @line; }
#right { background: @panel; border-left: 1px solid @line; }
#heading { color: @text; font-weight: 600; }
#muted { color: @muted; }
#faint { color: @faint; }
#rule { background: @line; }
#title { color: #eeeeee; font-weight: 600; }
#onpicture { color: #a8a8a8; }
QPushButton#recent {
    background: transparent; border: 0; color: #d4d4d4; padding: 3px 8px;
}
QPushButton#recent:hover, QPushButton#recent:focus { color: @accent; }
#painted {
    color: @accent_text; border: 1px solid @accent; border-radius: 5px; padding: 6px 8px;
}

QPushButton {
    background: @field; color: @text; border: 1px solid @line; border-radius: 6px;
    padding: 6px 14px;
}
QPushButton:hover { background: @hover; }
QPushButton:pressed { background: @line; }
QPushButton:focus { border-color: @accent; }
QPushButton:disabled { color: @faint; }
QPushButton#primary {
    background: @accent; color: @on_accent; border: 1px solid @accent; font-weight: 600;
    padding: 8px 14px;
}
QPushButton#cancel { padding: 8px 14px; }
QPushButton#primary:hover { background: @accent_hover; border-color: @accent_hover; }
QPushButton#primary:focus { border-color: @text; }
QPushButton#primary:disabled { background: @field; color: @faint; border-color: @line; }

QComboBox {
    background: @field; color: @text; border: 1px solid @line; border-radius: 5px;
    padding: 4px 8px; min-height: 1.25em;
}
QComboBox:hover { border-color: @faint; }
QComboBox:focus { border-color: @accent; }
QComboBox:disabled { color: @faint; }
QComboBox::drop-down { border: 0; width: 22px; }
QComboBox::down-arrow { image: url(@icons/chevron_down.svg); width: 12px; height: 12px; }
QComboBox QAbstractItemView {
    background: @panel; border: 1px solid @line; padding: 4px; color: @text;
    selection-background-color: @hover; selection-color: @text;
}
QComboBox QAbstractItemView::item { min-height: 1.7em; padding: 2px 6px; }

QLineEdit, QSpinBox, QDoubleSpinBox {
    background: @field; color: @text; border: 1px solid @line; border-radius: 5px;
    padding: 4px 7px; min-height: 1.25em;
    selection-background-color: @accent; selection-color: @on_accent;
}
QLineEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus { border-color: @accent; }
QLineEdit:disabled, QSpinBox:disabled { color: @faint; }
QLineEdit[wrong="true"] { border-color: @danger; }
QSpinBox::up-button, QSpinBox::down-button { width: 0; border: 0; }
QDoubleSpinBox::up-button, QDoubleSpinBox::down-button { width: 0; border: 0; }

QCheckBox { spacing: 8px; color: @text; }
QCheckBox::indicator {
    width: 1.15em; height: 1.15em; border: 1px solid @faint; border-radius: 4px; background: @field;
}
QCheckBox::indicator:hover, QCheckBox::indicator:focus { border-color: @accent; }
QCheckBox::indicator:checked {
    background: @accent; border-color: @accent; image: url(@icons/tick.svg);
}
QCheckBox::indicator:checked:focus { border-color: @text; }
QCheckBox:disabled { color: @faint; }

QSlider::groove:horizontal { height: 3px; background: @line; border-radius: 1px; }
QSlider::sub-page:horizontal { background: @accent; border-radius: 1px; }
QSlider::sub-page:horizontal:disabled { background: @line; }
QSlider::handle:horizontal {
    width: 13px; height: 13px; margin: -5px 0; border-radius: 6px; background: @text;
}
QSlider::handle:horizontal:hover, QSlider::handle:horizontal:focus { background: @accent; }
QSlider::handle:horizontal:disabled { background: @faint; }

QProgressBar { background: @field; border: 0; border-radius: 2px; max-height: 4px; }
QProgressBar::chunk { background: @accent; border-radius: 2px; }

QTreeView, QListView {
    background: @panel; border: 0; color: @text; show-decoration-selected: 0;
    selection-background-color: transparent;
}
#hdus::item { padding: 3px 2px; color: @text; }
#hdus::item:hover, #hdus::item:selected { background: @hover; color: @text; }
#choices::item { padding: 5px 8px; color: @text; }
#choices::item:hover, #choices::item:selected { background: @hover; color: @text; }
#steps::item { padding: 4px 6px; color: @text; border-radius: 4px; }
#steps::item:hover, #steps::item:selected { background: @hover; color: @text; }
#hdus QHeaderView::section {
    background: @panel; color: @muted; border: 0; border-bottom: 1px solid @line; padding: 3px 4px;
}
QPlainTextEdit {
    background: @field; color: @text; border: 1px solid @line; border-radius: 5px;
    selection-background-color: @accent; selection-color: @on_accent;
}
QScrollArea, QScrollArea > QWidget > QWidget#panel { background: @panel; border: 0; }
QScrollArea#through { background: transparent; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar::handle:vertical {
    background: @line; border-radius: 3px; min-height: 28px; margin: 2px;
}
QScrollBar::handle:vertical:hover { background: @faint; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle:horizontal {
    background: @line; border-radius: 3px; min-width: 28px; margin: 2px;
}
QScrollBar::handle:horizontal:hover { background: @faint; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QSplitter::handle { background: transparent; }

QTableView#queue {
    background: @panel; border: 0; color: @text; selection-background-color: transparent;
}
QTableView#sources {
    background: @field; border: 1px solid @line; border-radius: 5px; color: @text;
    selection-background-color: @hover; selection-color: @text;
}
#sources::item { padding: 0 6px; }
#sources::item:selected { background: @hover; color: @accent_text; }
QAbstractScrollArea::corner { background: transparent; border: 0; }
QHeaderView { background: @panel; border: 0; }
QHeaderView::section {
    background: @panel; color: @muted; border: 0; border-bottom: 1px solid @line;
    padding: 5px 8px;
}
QHeaderView::section:first { padding-left: 14px; }
#center { background: @panel; }
#footer { background: @panel; border-top: 1px solid @line; }
#card { background: @field; border: 1px solid @line; border-radius: 8px; }
QPushButton#card_choice, QPushButton#card_main { background: @panel; padding: 4px 12px; }
QPushButton#card_choice:hover, QPushButton#card_main:hover { background: @hover; }
QPushButton#card_main { border-color: @accent; }
QPushButton#card_choice:focus, QPushButton#card_main:focus { border-color: @text; }

#chooser { background: @panel; border: 1px solid @line; border-radius: 9px; }
#choices { background: @panel; }

#runhead { background: @panel; border-bottom: 1px solid @line; }
#runstrip { background: @panel; border-bottom: 1px solid @line; }
QPushButton#runmain {
    background: @accent; color: @on_accent; border: 1px solid @accent; font-weight: 600;
}
QPushButton#runmain:hover { background: @accent_hover; border-color: @accent_hover; }
QPushButton#runmain:focus { border-color: @text; }

#notice { background: @field; border: 1px solid @line; border-radius: 8px; }
#link { background: transparent; border: none; padding: 2px 6px; color: @accent_text; }
#link:hover { text-decoration: underline; }
#noticetext { color: @text; }
"""
