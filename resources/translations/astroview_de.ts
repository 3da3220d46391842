<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
 <context>
  <name>astroview</name>
  <message>
   <source> Its last words: {line}</source>
   <translation> Zuletzt sagte er: {line}</translation>
  </message>
  <message>
   <source> and </source>
   <translation> und </translation>
  </message>
  <message>
   <source> and {count:,} more</source>
   <translation> und {count:,} weitere</translation>
  </message>
  <message>
   <source>&amp;Batch</source>
   <translation>&amp;Stapel</translation>
  </message>
  <message>
   <source>&amp;Compare</source>
   <translation>&amp;Vergleichen</translation>
  </message>
  <message>
   <source>&amp;Edit</source>
   <translation>&amp;Bearbeiten</translation>
  </message>
  <message>
   <source>&amp;File</source>
   <translation>&amp;Datei</translation>
  </message>
  <message>
   <source>&amp;Help</source>
   <translation>&amp;Hilfe</translation>
  </message>
  <message>
   <source>&amp;Lightbox</source>
   <translation>&amp;Leuchttisch</translation>
  </message>
  <message>
   <source>&amp;Measure</source>
   <translation>&amp;Messen</translation>
  </message>
  <message>
   <source>&amp;Train</source>
   <translation>&amp;Training</translation>
  </message>
  <message>
   <source>&amp;View</source>
   <translation>&amp;Ansicht</translation>
  </message>
  <message>
   <source>(double click: back)</source>
   <translation>(Doppelklick: zurück)</translation>
  </message>
  <message>
   <source>1 day</source>
   <translation>1 Tag</translation>
  </message>
  <message>
   <source>1 hour</source>
   <translation>1 Stunde</translation>
  </message>
  <message>
   <source>10 minutes</source>
   <translation>10 Minuten</translation>
  </message>
  <message>
   <source>16 GB</source>
   <translation>16 GB</translation>
  </message>
  <message>
   <source>2 GB</source>
   <translation>2 GB</translation>
  </message>
  <message>
   <source>2 hours</source>
   <translation>2 Stunden</translation>
  </message>
  <message>
   <source>2 × as fine</source>
   <translation>2 × so fein</translation>
  </message>
  <message>
   <source>20 minutes</source>
   <translation>20 Minuten</translation>
  </message>
  <message>
   <source>3 days</source>
   <translation>3 Tage</translation>
  </message>
  <message>
   <source>3 × as fine</source>
   <translation>3 × so fein</translation>
  </message>
  <message>
   <source>30 minutes</source>
   <translation>30 Minuten</translation>
  </message>
  <message>
   <source>32 GB</source>
   <translation>32 GB</translation>
  </message>
  <message>
   <source>4 GB</source>
   <translation>4 GB</translation>
  </message>
  <message>
   <source>4 hours</source>
   <translation>4 Stunden</translation>
  </message>
  <message>
   <source>4 × as fine</source>
   <translation>4 × so fein</translation>
  </message>
  <message>
   <source>5 minutes</source>
   <translation>5 Minuten</translation>
  </message>
  <message>
   <source>6 GB</source>
   <translation>6 GB</translation>
  </message>
  <message>
   <source>64 GB</source>
   <translation>64 GB</translation>
  </message>
  <message>
   <source>8 GB</source>
   <translation>8 GB</translation>
  </message>
  <message>
   <source>8 hours</source>
   <translation>8 Stunden</translation>
  </message>
  <message>
   <source>A batch is running</source>
   <translation>Ein Stapel läuft</translation>
  </message>
  <message>
   <source>A batch was interrupted</source>
   <translation>Ein Stapel wurde unterbrochen</translation>
  </message>
  <message>
   <source>A checkpoint is kept: the next time, astroview offers to resume the run.</source>
   <translation>Ein Zwischenstand bleibt: Beim nächsten Mal bietet astroview an, den Lauf fortzusetzen.</translation>
  </message>
  <message>
   <source>A colour picture is no CCDData</source>
   <translation>Ein Farbbild ist kein CCDData</translation>
  </message>
  <message>
   <source>A control: it learns from shuffled pictures.</source>
   <translation>Eine Kontrolle: Es lernt aus vertauschten Bildern.</translation>
  </message>
  <message>
   <source>A download may have saved an error page instead; look into it with an editor.</source>
   <translation>Vielleicht wurde beim Herunterladen eine Fehlerseite gespeichert; im Editor nachsehen.</translation>
  </message>
  <message>
   <source>A folder</source>
   <translation>Ein Ordner</translation>
  </message>
  <message numerus="yes">
   <source>A folder for the copies of {count:,} frames</source>
   <translation>
    <numerusform>Ein Ordner für die Kopie von {count} Aufnahme</numerusform>
    <numerusform>Ein Ordner für die Kopien von {count:,} Aufnahmen</numerusform>
   </translation>
  </message>
  <message>
   <source>A folder of colour pictures</source>
   <translation>Ein Ordner mit Farbbildern</translation>
  </message>
  <message>
   <source>A folder of frames to learn from</source>
   <translation>Ein Ordner mit Bildern, aus denen gelernt wird</translation>
  </message>
  <message>
   <source>A font of this computer</source>
   <translation>Eine Schrift dieses Computers</translation>
  </message>
  <message>
   <source>A frame is being enhanced</source>
   <translation>Ein Bild wird gerade verbessert</translation>
  </message>
  <message>
   <source>A frame is being enhanced.</source>
   <translation>Ein Bild wird gerade verbessert.</translation>
  </message>
  <message>
   <source>A frame that is opened in the first window is shown here, too.</source>
   <translation>Eine Aufnahme, die im ersten Fenster geöffnet wird, erscheint auch hier.</translation>
  </message>
  <message>
   <source>A left drag</source>
   <translation>Ziehen mit links</translation>
  </message>
  <message>
   <source>A likely palette of this frame, being painted</source>
   <translation>Eine wahrscheinliche Palette dieser Aufnahme, wird gerade gemalt</translation>
  </message>
  <message>
   <source>A message by SAMP could not be taken</source>
   <translation>Eine SAMP-Nachricht ließ sich nicht annehmen</translation>
  </message>
  <message>
   <source>A message {mtype} by SAMP was not understood</source>
   <translation>Eine SAMP-Nachricht {mtype} wurde nicht verstanden</translation>
  </message>
  <message>
   <source>A model learns from your own frames: colours like those of your pictures, or sharpening that knows your seeing and noise. At the end it is judged on frames it never saw, and on those of the bundled validation set; you keep it only if it is better.</source>
   <translation>Ein Modell lernt aus eigenen Bildern: Farben wie die der eigenen Bilder, oder ein Schärfen, das das eigene Seeing und Rauschen kennt. Am Ende wird es an Bildern gemessen, die es nie sah, und am mitgelieferten Prüfsatz; behalten wird es nur, wenn es besser ist.</translation>
  </message>
  <message>
   <source>A model that somebody shared, or a super-resolver of others</source>
   <translation>Ein Modell, das jemand weitergab, oder ein Super-Resolver anderer</translation>
  </message>
  <message>
   <source>A neighbour, {distance:.1f} pixels away, has {share:.0%} of the height.</source>
   <translation>Ein Nachbar, {distance:.1f} Pixel entfernt, hat {share:.0%} der Höhe.</translation>
  </message>
  <message>
   <source>A network leaves out the noise that is left: not for photometry. What was measured stays in the file, as MEASURED.</source>
   <translation>Ein Netz lässt das übrige Rauschen weg: nicht für Photometrie. Was gemessen wurde, bleibt als MEASURED in der Datei.</translation>
  </message>
  <message>
   <source>A network log-in may stand between; try again later.</source>
   <translation>Vielleicht steht eine Netzanmeldung dazwischen; später noch einmal versuchen.</translation>
  </message>
  <message>
   <source>A network painted this colour: a guess, not a measurement.</source>
   <translation>Diese Farbe hat ein Netz gemalt: eine Vermutung, keine Messung.</translation>
  </message>
  <message>
   <source>A network painted this texture: to look at, not to measure.</source>
   <translation>Diese Textur hat ein Netz gemalt: zum Ansehen, nicht zum Messen.</translation>
  </message>
  <message>
   <source>A number, a position such as 13:29:52.7, or a size such as 12.5".</source>
   <translation>Eine Zahl, eine Position wie 13:29:52.7 oder eine Größe wie 12.5".</translation>
  </message>
  <message>
   <source>A pixfrac of {pixfrac} is not possible</source>
   <translation>Ein pixfrac von {pixfrac} ist nicht möglich</translation>
  </message>
  <message>
   <source>A run folder holds config.toml and events.jsonl.</source>
   <translation>Ein Laufordner enthält config.toml und events.jsonl.</translation>
  </message>
  <message>
   <source>A run is training</source>
   <translation>Ein Lauf trainiert</translation>
  </message>
  <message>
   <source>A run learns from a folder of frames.</source>
   <translation>Ein Lauf lernt aus einem Ordner mit Bildern.</translation>
  </message>
  <message>
   <source>A scale of {scale} is not possible</source>
   <translation>Ein Maßstab von {scale} ist nicht möglich</translation>
  </message>
  <message>
   <source>A session is a file *{suffix}, or a folder with {name} in it.</source>
   <translation>Eine Sitzung ist eine Datei *{suffix} oder ein Ordner, in dem {name} liegt.</translation>
  </message>
  <message>
   <source>A setting was not understood and has its default.</source>
   <translation>Eine Einstellung war nicht zu verstehen und hat ihren Vorgabewert.</translation>
  </message>
  <message>
   <source>A spectrum needs a cube.</source>
   <translation>Ein Spektrum braucht einen Würfel.</translation>
  </message>
  <message>
   <source>A viewer for astronomical frames that colours and sharpens them,
and always tells what was measured from what was painted.</source>
   <translation>Ein Betrachter für astronomische Bilder, der sie einfärbt und schärft
und immer sagt, was gemessen und was gemalt ist.</translation>
  </message>
  <message>
   <source>A {name} has no place for colour</source>
   <translation>In {name} ist kein Platz für Farbe</translation>
  </message>
  <message>
   <source>A {name} of {ndim} dimensions is not a picture</source>
   <translation>{name} mit {ndim} Dimensionen ist kein Bild</translation>
  </message>
  <message>
   <source>About astroview</source>
   <translation>Über astroview</translation>
  </message>
  <message>
   <source>Above 0, at most 1.</source>
   <translation>Über 0, höchstens 1.</translation>
  </message>
  <message>
   <source>Above 1 lifts what is dark</source>
   <translation>Über 1 hebt Dunkles an</translation>
  </message>
  <message>
   <source>Accept</source>
   <translation>Annehmen</translation>
  </message>
  <message>
   <source>Accepted</source>
   <translation>Angenommen</translation>
  </message>
  <message>
   <source>Accepted by you</source>
   <translation>Von Hand angenommen</translation>
  </message>
  <message>
   <source>Accepted by you, although: {own_reason}</source>
   <translation>Von Hand angenommen, obwohl: {own_reason}</translation>
  </message>
  <message>
   <source>Action</source>
   <translation>Befehl</translation>
  </message>
  <message>
   <source>Actions and their keys</source>
   <translation>Befehle und ihre Tasten</translation>
  </message>
  <message>
   <source>Actual pixels</source>
   <translation>Wahre Pixel</translation>
  </message>
  <message>
   <source>Add a folder …</source>
   <translation>Ordner hinzufügen …</translation>
  </message>
  <message>
   <source>Add a line for each pair.</source>
   <translation>Für jedes Paar eine Zeile hinzufügen.</translation>
  </message>
  <message>
   <source>Add frames first</source>
   <translation>Erst Bilder hinzufügen</translation>
  </message>
  <message>
   <source>Add frames when it has stopped.</source>
   <translation>Bilder hinzufügen, wenn er angehalten hat.</translation>
  </message>
  <message>
   <source>Add frames …</source>
   <translation>Bilder hinzufügen …</translation>
  </message>
  <message>
   <source>Add frames, or change a choice, to enhance again</source>
   <translation>Zum erneuten Verbessern Bilder hinzufügen oder eine Wahl ändern</translation>
  </message>
  <message>
   <source>Add pictures of other targets; 40 or more make a model much better.</source>
   <translation>Bilder anderer Ziele hinzufügen; 40 oder mehr machen ein Modell viel besser.</translation>
  </message>
  <message>
   <source>Advanced</source>
   <translation>Weiteres</translation>
  </message>
  <message>
   <source>All</source>
   <translation>Alle</translation>
  </message>
  <message>
   <source>All HDUs as one picture by DETSEC and DATASEC, as IRAF lays them out</source>
   <translation>Alle HDUs als ein Bild nach DETSEC und DATASEC, wie IRAF sie legt</translation>
  </message>
  <message>
   <source>All HDUs as one picture by their WCS, every pixel as it is</source>
   <translation>Alle HDUs als ein Bild nach ihrem WCS, jedes Pixel wie es ist</translation>
  </message>
  <message>
   <source>All devices passed.</source>
   <translation>Alle Geräte haben bestanden.</translation>
  </message>
  <message>
   <source>All files (*)</source>
   <translation>Alle Dateien (*)</translation>
  </message>
  <message>
   <source>All frames, tiled</source>
   <translation>Alle Aufnahmen, gekachelt</translation>
  </message>
  <message>
   <source>All images of the file as frames</source>
   <translation>Alle Bilder der Datei einzeln öffnen</translation>
  </message>
  <message>
   <source>All open frames: a stack of each field and filter</source>
   <translation>Alle offenen Aufnahmen: ein Stapel je Feld und Filter</translation>
  </message>
  <message>
   <source>All reasons</source>
   <translation>Alle Gründe</translation>
  </message>
  <message>
   <source>All regions of the groups of what is chosen</source>
   <translation>Alle Regionen der Gruppen des Gewählten</translation>
  </message>
  <message>
   <source>All that is remembered, in one dialog</source>
   <translation>Alles, was behalten wird, in einem Dialog</translation>
  </message>
  <message>
   <source>All that it told in one file, without checkpoints</source>
   <translation>Alles, was er gemeldet hat, in einer Datei, ohne Zwischenstände</translation>
  </message>
  <message>
   <source>Amber</source>
   <translation>Bernstein</translation>
  </message>
  <message>
   <source>An address such as a mirror's; empty is the usual one</source>
   <translation>Eine Adresse, etwa die eines Spiegelservers; leer ist die übliche</translation>
  </message>
  <message>
   <source>An array of shape {shape} has no pixels</source>
   <translation>Ein Feld der Form {shape} hat keine Pixel</translation>
  </message>
  <message>
   <source>An array of shape {shape} is not a picture</source>
   <translation>Ein Feld der Form {shape} ist kein Bild</translation>
  </message>
  <message>
   <source>An array of type {dtype} does not say what is white</source>
   <translation>Ein Feld vom Typ {dtype} sagt nicht, was Weiß ist</translation>
  </message>
  <message>
   <source>An array of type {dtype} holds no picture</source>
   <translation>Ein Feld vom Typ {dtype} enthält kein Bild</translation>
  </message>
  <message>
   <source>An image named DQ, MASK or FLAGS of the same size would be one.</source>
   <translation>Ein Bild namens DQ, MASK oder FLAGS in derselben Größe wäre eine.</translation>
  </message>
  <message>
   <source>Angle</source>
   <translation>Winkel</translation>
  </message>
  <message>
   <source>Animated WebP, all colours (*.webp)</source>
   <translation>Animiertes WebP, alle Farben (*.webp)</translation>
  </message>
  <message>
   <source>Annulus</source>
   <translation>Kreisring</translation>
  </message>
  <message>
   <source>Another batch is writing into {out}{owner}</source>
   <translation>Ein anderer Stapel schreibt in {out}{owner}</translation>
  </message>
  <message>
   <source>Another program trains here</source>
   <translation>Hier trainiert ein anderes Programm</translation>
  </message>
  <message>
   <source>Another version</source>
   <translation>Eine andere Version</translation>
  </message>
  <message>
   <source>Another version of astroview wrote this run</source>
   <translation>Eine andere Version von astroview schrieb diesen Lauf</translation>
  </message>
  <message>
   <source>Aperture and inner radius above 0, outer larger.</source>
   <translation>Blende und innerer Radius über 0, der äußere größer.</translation>
  </message>
  <message>
   <source>Aperture radius</source>
   <translation>Radius der Apertur</translation>
  </message>
  <message>
   <source>Appearance</source>
   <translation>Aussehen</translation>
  </message>
  <message>
   <source>Area</source>
   <translation>Fläche</translation>
  </message>
  <message>
   <source>Area on the sky</source>
   <translation>Fläche am Himmel</translation>
  </message>
  <message>
   <source>Arrows, Shift+arrows</source>
   <translation>Pfeile, Umschalt+Pfeile</translation>
  </message>
  <message>
   <source>As ECSV or CSV</source>
   <translation>Als ECSV oder CSV</translation>
  </message>
  <message>
   <source>As a .lut file</source>
   <translation>Als .lut-Datei</translation>
  </message>
  <message>
   <source>As a table (CSV) or a picture (PNG)</source>
   <translation>Als Tabelle (CSV) oder Bild (PNG)</translation>
  </message>
  <message>
   <source>As each frame</source>
   <translation>Wie jedes Bild</translation>
  </message>
  <message>
   <source>As fine as they are</source>
   <translation>So fein, wie sie sind</translation>
  </message>
  <message>
   <source>As in DS9</source>
   <translation>Wie in DS9</translation>
  </message>
  <message>
   <source>As in photo viewers</source>
   <translation>Wie in Fotobetrachtern</translation>
  </message>
  <message>
   <source>As it was opened</source>
   <translation>Wie geöffnet</translation>
  </message>
  <message>
   <source>As measured</source>
   <translation>Wie gemessen</translation>
  </message>
  <message>
   <source>As stored</source>
   <translation>Wie gespeichert</translation>
  </message>
  <message>
   <source>As text that DS9 reads; Ctrl+C while regions are chosen</source>
   <translation>Als Text, den DS9 liest; Strg+C, solange Regionen gewählt sind</translation>
  </message>
  <message>
   <source>As the folder</source>
   <translation>Wie der Ordner</translation>
  </message>
  <message>
   <source>As the system</source>
   <translation>Wie das System</translation>
  </message>
  <message>
   <source>As the time allows</source>
   <translation>So viele die Zeit erlaubt</translation>
  </message>
  <message>
   <source>As they were opened</source>
   <translation>Wie sie geöffnet wurden</translation>
  </message>
  <message>
   <source>As usual</source>
   <translation>Wie üblich</translation>
  </message>
  <message>
   <source>Ask for a smaller field.</source>
   <translation>Fragen Sie nach einem kleineren Feld.</translation>
  </message>
  <message>
   <source>Ask for fewer new ones.</source>
   <translation>Weniger neue verlangen.</translation>
  </message>
  <message>
   <source>Ask whoever made it.</source>
   <translation>Fragen Sie, wer es gemacht hat.</translation>
  </message>
  <message>
   <source>Asking the archive …</source>
   <translation>Das Archiv wird gefragt …</translation>
  </message>
  <message>
   <source>Asking the surveys for this field …</source>
   <translation>Die Durchmusterungen werden nach diesem Feld gefragt …</translation>
  </message>
  <message>
   <source>Asks SIMBAD for this field</source>
   <translation>Fragt SIMBAD nach diesem Feld</translation>
  </message>
  <message>
   <source>Asks Sesame (CDS) for its position</source>
   <translation>Fragt Sesame (CDS) nach der Position</translation>
  </message>
  <message>
   <source>Asks VizieR for this field</source>
   <translation>Fragt VizieR nach diesem Feld</translation>
  </message>
  <message>
   <source>At most so many; 0 lets the time decide</source>
   <translation>Höchstens so viele; bei 0 entscheidet die Zeit</translation>
  </message>
  <message>
   <source>Automatic</source>
   <translation>Automatisch</translation>
  </message>
  <message>
   <source>Automatic ({best})</source>
   <translation>Automatisch ({best})</translation>
  </message>
  <message>
   <source>Automatic ({get})</source>
   <translation>Automatisch ({get})</translation>
  </message>
  <message>
   <source>Automatic ({name})</source>
   <translation>Automatisch ({name})</translation>
  </message>
  <message>
   <source>Automatic display</source>
   <translation>Automatische Anzeige</translation>
  </message>
  <message>
   <source>Automatic display (R)</source>
   <translation>Automatische Anzeige (R)</translation>
  </message>
  <message>
   <source>B</source>
   <translation>B</translation>
  </message>
  <message>
   <source>Back</source>
   <translation>Zurück</translation>
  </message>
  <message>
   <source>Back to the controls</source>
   <translation>Zurück zu den Reglern</translation>
  </message>
  <message>
   <source>Back to the controls (Esc)</source>
   <translation>Zurück zu den Reglern (Esc)</translation>
  </message>
  <message>
   <source>Background</source>
   <translation>Hintergrund</translation>
  </message>
  <message>
   <source>Balance</source>
   <translation>Ausgleichen</translation>
  </message>
  <message>
   <source>Band</source>
   <translation>Band</translation>
  </message>
  <message>
   <source>Bands are composed only in folders of this machine</source>
   <translation>Bänder werden nur in Ordnern dieses Rechners zusammengesetzt</translation>
  </message>
  <message>
   <source>Bands are matched by their WCS, or by equal size.</source>
   <translation>Bänder werden nach ihrem WCS oder nach gleicher Größe aufeinandergelegt.</translation>
  </message>
  <message>
   <source>Bands cannot be composed while folders are watched: more of a set may come</source>
   <translation>Bänder lassen sich nicht zusammensetzen, solange Ordner beobachtet werden: Es können noch weitere eines Satzes kommen</translation>
  </message>
  <message>
   <source>Bands of one field become one picture, other frames one each (Ctrl+Enter)</source>
   <translation>Bänder eines Feldes werden ein Bild, andere Aufnahmen je eines (Strg+Eingabe)</translation>
  </message>
  <message>
   <source>Base model</source>
   <translation>Ausgangsmodell</translation>
  </message>
  <message>
   <source>Batch</source>
   <translation>Stapel</translation>
  </message>
  <message>
   <source>Before</source>
   <translation>Vorher</translation>
  </message>
  <message>
   <source>Before and after, zoomed and panned as one</source>
   <translation>Vorher und nachher, gemeinsam gezoomt und verschoben</translation>
  </message>
  <message>
   <source>Before its first job each device is asked about one small picture, and held against the CPU in full precision. A device that fails is set aside, and the CPU takes over.</source>
   <translation>Vor seiner ersten Aufgabe rechnet jedes Gerät ein kleines Bild und wird an der CPU in voller Genauigkeit gemessen. Ein Gerät, das durchfällt, wird nicht benutzt, und die CPU übernimmt.</translation>
  </message>
  <message>
   <source>Begin a new run like this</source>
   <translation>Einen neuen Lauf wie diesen beginnen</translation>
  </message>
  <message>
   <source>Begin a run with astroview train --config FILE, or --model and --data.</source>
   <translation>Einen Lauf mit astroview train --config FILE beginnen, oder mit --model und --data.</translation>
  </message>
  <message>
   <source>Begin anew; files stay</source>
   <translation>Neu beginnen; Dateien bleiben</translation>
  </message>
  <message>
   <source>Begin no further frame</source>
   <translation>Kein weiteres Bild beginnen</translation>
  </message>
  <message>
   <source>Begin no further frame; the one at work is finished (Ctrl+P)</source>
   <translation>Kein weiteres Bild beginnen; das begonnene wird fertig (Strg+P)</translation>
  </message>
  <message>
   <source>Begin the run, or go on with it</source>
   <translation>Den Lauf beginnen oder fortsetzen</translation>
  </message>
  <message>
   <source>Begin to train</source>
   <translation>Mit dem Training beginnen</translation>
  </message>
  <message>
   <source>Below S/N {level}</source>
   <translation>Unter S/N {level}</translation>
  </message>
  <message>
   <source>Below another S/N …</source>
   <translation>Unter anderem S/N …</translation>
  </message>
  <message>
   <source>Beside the base model</source>
   <translation>Neben dem Ausgangsmodell</translation>
  </message>
  <message>
   <source>Beside the frames</source>
   <translation>Neben den Bildern</translation>
  </message>
  <message>
   <source>Best</source>
   <translation>Beste</translation>
  </message>
  <message>
   <source>Better on {where}, but it lost too much: {figure} on {there}. Not worth keeping.</source>
   <translation>Besser auf {where}, verlor aber zu viel: {figure} auf {there}. Nicht behaltenswert.</translation>
  </message>
  <message>
   <source>Better on {where}: {figure}. Worth keeping.</source>
   <translation>Besser auf {where}: {figure}. Behaltenswert.</translation>
  </message>
  <message>
   <source>Better than its parent, yet worse than {idle}. Not worth keeping.</source>
   <translation>Besser als das Ausgangsmodell, doch schlechter als {idle}. Nicht behaltenswert.</translation>
  </message>
  <message>
   <source>Bias</source>
   <translation>Mitte</translation>
  </message>
  <message>
   <source>Bits as a number (5: bits 1 and 4; 0: any)</source>
   <translation>Bits als Zahl (5: Bits 1 und 4; 0: alle)</translation>
  </message>
  <message>
   <source>Bits of data quality …</source>
   <translation>Bits der Datenqualität …</translation>
  </message>
  <message>
   <source>Black</source>
   <translation>Schwarz</translation>
  </message>
  <message>
   <source>Blank</source>
   <translation>Leer</translation>
  </message>
  <message>
   <source>Blink</source>
   <translation>Blinken</translation>
  </message>
  <message>
   <source>Blink faster</source>
   <translation>Schneller blinken</translation>
  </message>
  <message>
   <source>Blink rate</source>
   <translation>Blinktakt</translation>
  </message>
  <message>
   <source>Blink slower</source>
   <translation>Langsamer blinken</translation>
  </message>
  <message>
   <source>Blocks of 2 × 2</source>
   <translation>Blöcke zu 2 × 2</translation>
  </message>
  <message>
   <source>Blocks of 4 × 4</source>
   <translation>Blöcke zu 4 × 4</translation>
  </message>
  <message>
   <source>Blocks of 8 × 8</source>
   <translation>Blöcke zu 8 × 8</translation>
  </message>
  <message>
   <source>Blue</source>
   <translation>Blau</translation>
  </message>
  <message>
   <source>Blue haze</source>
   <translation>Blauer Dunst</translation>
  </message>
  <message>
   <source>Blue to yellow</source>
   <translation>Blau bis Gelb</translation>
  </message>
  <message>
   <source>Blue – white – ochre</source>
   <translation>Blau – Weiß – Ocker</translation>
  </message>
  <message>
   <source>Blue – white – red</source>
   <translation>Blau – Weiß – Rot</translation>
  </message>
  <message>
   <source>Blurred</source>
   <translation>Unscharf</translation>
  </message>
  <message>
   <source>Boost</source>
   <translation>Anhebung</translation>
  </message>
  <message>
   <source>Both</source>
   <translation>Beides</translation>
  </message>
  <message>
   <source>Both windows show the same place of the sky, or the same pixels</source>
   <translation>Beide Fenster zeigen dieselbe Stelle des Himmels, oder dieselben Pixel</translation>
  </message>
  <message>
   <source>Box</source>
   <translation>Rechteck</translation>
  </message>
  <message>
   <source>Box panda</source>
   <translation>Rechteckige Sektoren</translation>
  </message>
  <message>
   <source>Box statistics</source>
   <translation>Statistik im Rechteck</translation>
  </message>
  <message>
   <source>Box statistics (T)</source>
   <translation>Statistik im Rechteck (T)</translation>
  </message>
  <message>
   <source>Bright</source>
   <translation>Helle</translation>
  </message>
  <message>
   <source>Bring back now</source>
   <translation>Jetzt zurückholen</translation>
  </message>
  <message>
   <source>Bring it back</source>
   <translation>Wiederherstellen</translation>
  </message>
  <message>
   <source>Bring the file back and go on with the run, or begin a new one.</source>
   <translation>Die Datei zurückbringen und den Lauf fortsetzen, oder einen neuen beginnen.</translation>
  </message>
  <message>
   <source>Bringing the bands onto one grid …</source>
   <translation>Bänder werden auf ein Raster gebracht …</translation>
  </message>
  <message>
   <source>Bringing the session back</source>
   <translation>Die Sitzung wird zurückgeholt</translation>
  </message>
  <message>
   <source>Bringing the session back, {at} of {of}</source>
   <translation>Die Sitzung wird zurückgeholt, {at} von {of}</translation>
  </message>
  <message>
   <source>Brush size</source>
   <translation>Pinselgröße</translation>
  </message>
  <message>
   <source>Bundled validation set</source>
   <translation>Mitgelieferter Prüfsatz</translation>
  </message>
  <message>
   <source>By filter</source>
   <translation>Nach Filter</translation>
  </message>
  <message>
   <source>By memory</source>
   <translation>Nach Speicher</translation>
  </message>
  <message>
   <source>By name</source>
   <translation>Nach Namen</translation>
  </message>
  <message>
   <source>By name, facts, measures and tags</source>
   <translation>Nach Name, Angaben, Messwerten und Stichwörtern</translation>
  </message>
  <message>
   <source>By the sky (WCS)</source>
   <translation>Nach dem Himmel (WCS)</translation>
  </message>
  <message>
   <source>By the unit</source>
   <translation>Nach der Einheit</translation>
  </message>
  <message>
   <source>By time of observation</source>
   <translation>Nach Beobachtungszeit</translation>
  </message>
  <message>
   <source>Cancel</source>
   <translation>Abbrechen</translation>
  </message>
  <message>
   <source>Cancel all</source>
   <translation>Alle abbrechen</translation>
  </message>
  <message>
   <source>Cancel selected</source>
   <translation>Ausgewählte abbrechen</translation>
  </message>
  <message>
   <source>Cancelled</source>
   <translation>Abgebrochen</translation>
  </message>
  <message>
   <source>Catalogue</source>
   <translation>Katalog</translation>
  </message>
  <message>
   <source>Centre</source>
   <translation>Mitte</translation>
  </message>
  <message>
   <source>Centre here</source>
   <translation>Hier zentrieren</translation>
  </message>
  <message>
   <source>Change</source>
   <translation>Änderung</translation>
  </message>
  <message>
   <source>Channels</source>
   <translation>Kanäle</translation>
  </message>
  <message>
   <source>Check its name.</source>
   <translation>Den Namen prüfen.</translation>
  </message>
  <message>
   <source>Check that the drive is there and that you may read the file.</source>
   <translation>Prüfen, ob das Laufwerk da ist und die Datei gelesen werden darf.</translation>
  </message>
  <message>
   <source>Check that the drive is there, and run the batch again.</source>
   <translation>Nachsehen, ob das Laufwerk da ist, und den Stapel noch einmal starten.</translation>
  </message>
  <message>
   <source>Check the address and the connection, then try again.</source>
   <translation>Prüfen Sie Adresse und Verbindung und versuchen Sie es dann noch einmal.</translation>
  </message>
  <message>
   <source>Check the credentials and what they allow.</source>
   <translation>Zugangsdaten prüfen und was sie erlauben.</translation>
  </message>
  <message>
   <source>Check the name.</source>
   <translation>Den Namen prüfen.</translation>
  </message>
  <message>
   <source>Check the network and the address.</source>
   <translation>Netz und Adresse prüfen.</translation>
  </message>
  <message>
   <source>Choose</source>
   <translation>Wählen</translation>
  </message>
  <message>
   <source>Choose a colour picture (JPEG, PNG, TIFF or a three-plane FITS).</source>
   <translation>Ein Farbbild wählen (JPEG, PNG, TIFF oder FITS mit drei Ebenen).</translation>
  </message>
  <message>
   <source>Choose a file in it.</source>
   <translation>Eine Datei darin wählen.</translation>
  </message>
  <message>
   <source>Choose a file …</source>
   <translation>Datei wählen …</translation>
  </message>
  <message>
   <source>Choose a folder</source>
   <translation>Ordner wählen</translation>
  </message>
  <message>
   <source>Choose a folder of colour pictures of your survey or telescope. In seconds their palettes can be chosen in View, Batch and on the command line; nothing is trained. First they are shown on the frames that are open.</source>
   <translation>Wählen Sie einen Ordner mit Farbbildern Ihrer Durchmusterung oder Ihres Teleskops. Nach Sekunden lassen sich deren Paletten in Ansicht, Stapel und auf der Kommandozeile wählen; nichts wird trainiert. Zuerst werden sie an den offenen Aufnahmen gezeigt.</translation>
  </message>
  <message>
   <source>Choose a folder of frames first</source>
   <translation>Erst einen Ordner mit Bildern wählen</translation>
  </message>
  <message>
   <source>Choose a folder that you may write in.</source>
   <translation>Wählen Sie einen Ordner, in den Sie schreiben dürfen.</translation>
  </message>
  <message>
   <source>Choose a folder that you may write to.</source>
   <translation>Einen beschreibbaren Ordner wählen.</translation>
  </message>
  <message>
   <source>Choose a folder …</source>
   <translation>Ordner wählen …</translation>
  </message>
  <message>
   <source>Choose a form and drag on the picture. Click a region to choose it, drag it or its handles to change it; Shift adds to the choice, Ctrl takes its whole group, Del removes, arrows move.</source>
   <translation>Eine Form wählen und auf dem Bild ziehen. Ein Klick wählt eine Region, Ziehen an ihr oder ihren Griffen ändert sie; Umschalt erweitert die Auswahl, Strg nimmt die ganze Gruppe, Entf entfernt, Pfeile verschieben.</translation>
  </message>
  <message>
   <source>Choose a group</source>
   <translation>Eine Gruppe wählen</translation>
  </message>
  <message>
   <source>Choose a model</source>
   <translation>Ein Modell wählen</translation>
  </message>
  <message>
   <source>Choose a model to sharpen with</source>
   <translation>Ein Modell zum Schärfen wählen</translation>
  </message>
  <message>
   <source>Choose a star in the table to see its growth curve.</source>
   <translation>Einen Stern in der Tabelle wählen, um seine Wachstumskurve zu sehen.</translation>
  </message>
  <message>
   <source>Choose a survey or a picture that is sharper.</source>
   <translation>Eine schärfere Durchmusterung oder ein schärferes Bild wählen.</translation>
  </message>
  <message>
   <source>Choose all regions</source>
   <translation>Alle Regionen wählen</translation>
  </message>
  <message>
   <source>Choose all regions of a group</source>
   <translation>Alle Regionen einer Gruppe wählen</translation>
  </message>
  <message>
   <source>Choose and change regions</source>
   <translation>Regionen wählen und ändern</translation>
  </message>
  <message>
   <source>Choose another HDU or plane of the file.</source>
   <translation>Eine andere HDU oder Ebene der Datei wählen.</translation>
  </message>
  <message>
   <source>Choose another colorizer.</source>
   <translation>Wählen Sie ein anderes Farbmodell.</translation>
  </message>
  <message>
   <source>Choose another file …</source>
   <translation>Andere Datei wählen …</translation>
  </message>
  <message>
   <source>Choose another folder for it with --out, or make room.</source>
   <translation>Mit --out einen anderen Ordner dafür wählen oder Platz schaffen.</translation>
  </message>
  <message>
   <source>Choose another folder with --out, or make room.</source>
   <translation>Mit --out einen anderen Ordner wählen oder Platz schaffen.</translation>
  </message>
  <message>
   <source>Choose another folder …</source>
   <translation>Anderen Ordner wählen …</translation>
  </message>
  <message>
   <source>Choose another folder, a picture format, or a smaller scale.</source>
   <translation>Einen anderen Ordner, ein Bildformat oder eine geringere Vergrößerung wählen.</translation>
  </message>
  <message>
   <source>Choose another folder, or close the file where it is open.</source>
   <translation>Einen anderen Ordner wählen oder die Datei schließen, wo sie offen ist.</translation>
  </message>
  <message>
   <source>Choose another folder.</source>
   <translation>Einen anderen Ordner wählen.</translation>
  </message>
  <message>
   <source>Choose another model, or copy the model's folder again.</source>
   <translation>Wählen Sie ein anderes Modell oder kopieren Sie dessen Ordner noch einmal.</translation>
  </message>
  <message>
   <source>Choose another name for --out.</source>
   <translation>Einen anderen Namen für --out wählen.</translation>
  </message>
  <message>
   <source>Choose another name or folder.</source>
   <translation>Einen anderen Namen oder Ordner wählen.</translation>
  </message>
  <message>
   <source>Choose another name, or an empty folder.</source>
   <translation>Wählen Sie einen anderen Namen oder einen leeren Ordner.</translation>
  </message>
  <message>
   <source>Choose another name, such as My survey.</source>
   <translation>Wählen Sie einen anderen Namen, etwa Meine Durchmusterung.</translation>
  </message>
  <message>
   <source>Choose another name.</source>
   <translation>Einen anderen Namen wählen.</translation>
  </message>
  <message>
   <source>Choose another run folder, or go on with that run (--resume).</source>
   <translation>Einen anderen Ordner für den Lauf wählen oder jenen fortsetzen (--resume).</translation>
  </message>
  <message>
   <source>Choose another run folder, or remove that one.</source>
   <translation>Einen anderen Ordner für den Lauf wählen oder jenen entfernen.</translation>
  </message>
  <message>
   <source>Choose another survey; DSS2, 2MASS and AllWISE cover all the sky.</source>
   <translation>Eine andere Durchmusterung wählen; DSS2, 2MASS und AllWISE haben den ganzen Himmel.</translation>
  </message>
  <message>
   <source>Choose another.</source>
   <translation>Wählen Sie einen anderen.</translation>
  </message>
  <message>
   <source>Choose bands of one field.</source>
   <translation>Bänder desselben Felds wählen.</translation>
  </message>
  <message>
   <source>Choose colour or sharpening</source>
   <translation>Farbe oder Schärfen wählen</translation>
  </message>
  <message>
   <source>Choose frames, a model and a time</source>
   <translation>Bilder, ein Modell und eine Zeit wählen</translation>
  </message>
  <message>
   <source>Choose next region</source>
   <translation>Nächste Region wählen</translation>
  </message>
  <message>
   <source>Choose previous region</source>
   <translation>Vorige Region wählen</translation>
  </message>
  <message>
   <source>Choose the folder that holds your pictures.</source>
   <translation>Den Ordner mit den Bildern wählen.</translation>
  </message>
  <message>
   <source>Choose the output folder</source>
   <translation>Zielordner wählen</translation>
  </message>
  <message>
   <source>Choose the picture again.</source>
   <translation>Das Bild noch einmal wählen.</translation>
  </message>
  <message>
   <source>Choose them as the palette in View and Batch, or by --palette.</source>
   <translation>Wählen Sie sie als Palette in Ansicht und Stapel, oder mit --palette.</translation>
  </message>
  <message>
   <source>Choose where the colours come from again.</source>
   <translation>Wählen Sie noch einmal, woher die Farben kommen.</translation>
  </message>
  <message>
   <source>Choose whole group</source>
   <translation>Ganze Gruppe wählen</translation>
  </message>
  <message>
   <source>Choose {names}, or “auto”.</source>
   <translation>{names} wählen, oder „auto“.</translation>
  </message>
  <message>
   <source>Choose …</source>
   <translation>Wählen …</translation>
  </message>
  <message>
   <source>Circle</source>
   <translation>Kreis</translation>
  </message>
  <message>
   <source>Circle here</source>
   <translation>Kreis hier</translation>
  </message>
  <message>
   <source>Cividis</source>
   <translation>Cividis</translation>
  </message>
  <message>
   <source>Clear colour hints</source>
   <translation>Farbhinweise entfernen</translation>
  </message>
  <message>
   <source>Clear the list</source>
   <translation>Liste leeren</translation>
  </message>
  <message>
   <source>Click a place</source>
   <translation>Eine Stelle anklicken</translation>
  </message>
  <message>
   <source>Click a row to enlarge it</source>
   <translation>Eine Zeile anklicken, um sie zu vergrößern</translation>
  </message>
  <message>
   <source>Click a star.
Enter takes the one in the middle; arrows move the mark.</source>
   <translation>Einen Stern anklicken.
Eingabe nimmt den in der Mitte; Pfeile verschieben die Marke.</translation>
  </message>
  <message>
   <source>Click a star: width (FWHM), centre, flux</source>
   <translation>Stern anklicken: Breite (FWHM), Mitte, Fluss</translation>
  </message>
  <message>
   <source>Click its corners; double-click to close it</source>
   <translation>Die Ecken anklicken; ein Doppelklick schließt</translation>
  </message>
  <message>
   <source>Click one to see its row.</source>
   <translation>Anklicken zeigt die Zeile einer Quelle.</translation>
  </message>
  <message>
   <source>Click places whose colour you know</source>
   <translation>Stellen anklicken, deren Farbe bekannt ist</translation>
  </message>
  <message>
   <source>Click places whose colour you know; the rest follows</source>
   <translation>Stellen anklicken, deren Farbe bekannt ist; der Rest folgt</translation>
  </message>
  <message>
   <source>Close all frames</source>
   <translation>Alle Bilder schließen</translation>
  </message>
  <message>
   <source>Close frame</source>
   <translation>Bild schließen</translation>
  </message>
  <message>
   <source>Close other programs that use it, or choose the CPU.</source>
   <translation>Andere Programme schließen, die es benutzen, oder die CPU wählen.</translation>
  </message>
  <message>
   <source>Close other programs there, choose another device, or a smaller batch.</source>
   <translation>Dort andere Programme schließen, ein anderes Gerät oder weniger Proben je Schritt wählen.</translation>
  </message>
  <message>
   <source>Close other programs, or choose a smaller scale.</source>
   <translation>Andere Programme schließen, oder einen kleineren Maßstab wählen.</translation>
  </message>
  <message>
   <source>Closed {name}.</source>
   <translation>{name} geschlossen.</translation>
  </message>
  <message>
   <source>Collapse</source>
   <translation>Zusammenfassen</translation>
  </message>
  <message>
   <source>Colorizer</source>
   <translation>Einfärber</translation>
  </message>
  <message>
   <source>Colorizer of measured chroma</source>
   <translation>Einfärber der gemessenen Farbe</translation>
  </message>
  <message>
   <source>Colour</source>
   <translation>Farbe</translation>
  </message>
  <message>
   <source>Colour and ×2 in one</source>
   <translation>Farbe und ×2 in einem</translation>
  </message>
  <message>
   <source>Colour bar</source>
   <translation>Farbskala</translation>
  </message>
  <message>
   <source>Colour by</source>
   <translation>Farbe von</translation>
  </message>
  <message>
   <source>Colour from bands</source>
   <translation>Farbe aus Bändern</translation>
  </message>
  <message>
   <source>Colour map</source>
   <translation>Farbtafel</translation>
  </message>
  <message>
   <source>Colour map (C, Shift+C)</source>
   <translation>Farbtafel (C, Umschalt+C)</translation>
  </message>
  <message>
   <source>Colour map (C, Shift+C: the next, the one before)</source>
   <translation>Farbtafel (C, Umschalt+C: nächste, vorige)</translation>
  </message>
  <message>
   <source>Colour maps</source>
   <translation>Farbtafeln</translation>
  </message>
  <message>
   <source>Colour pictures, or frames of one field in two filters or more, would serve.</source>
   <translation>Farbbilder oder Aufnahmen eines Feldes in zwei Filtern oder mehr würden genügen.</translation>
  </message>
  <message>
   <source>Colour the frame with what a picture of the same field measured</source>
   <translation>Die Aufnahme mit den Farben färben, die ein Bild desselben Feldes gemessen hat</translation>
  </message>
  <message>
   <source>Colour times {vividness:.2f}; double-click for the usual</source>
   <translation>Farbe mal {vividness:.2f}; Doppelklick für das Übliche</translation>
  </message>
  <message>
   <source>Colour: nothing to learn from.</source>
   <translation>Farbe: nichts, woraus zu lernen wäre.</translation>
  </message>
  <message>
   <source>Colour: {samples} of {targets}, {held} held out for the scores.</source>
   <translation>Farbe: {samples} von {targets}, {held} für die Bewertung zurückgehalten.</translation>
  </message>
  <message>
   <source>Colours</source>
   <translation>Farben</translation>
  </message>
  <message>
   <source>Colours from a picture …</source>
   <translation>Farben aus einem Bild …</translation>
  </message>
  <message>
   <source>Colours from the sky …</source>
   <translation>Farben vom Himmel …</translation>
  </message>
  <message>
   <source>Colours of</source>
   <translation>Farben von</translation>
  </message>
  <message>
   <source>Colours that somebody measured come before guessed ones. A survey is asked for the field of each frame that says where on the sky it is; the others fail.</source>
   <translation>Gemessene Farben gehen vor geratenen. Eine Durchmusterung wird nach dem Feld jeder Aufnahme gefragt, die sagt, wo am Himmel sie liegt; die anderen schlagen fehl.</translation>
  </message>
  <message>
   <source>Colours that somebody measured come before guessed ones. A survey is asked for this frame's field, and only when you choose it; a colour picture of the field can be dropped here.</source>
   <translation>Gemessene Farben gehen vor geratenen. Eine Durchmusterung wird nach dem Feld dieser Aufnahme gefragt, und nur, wenn Sie sie wählen; ein Farbbild des Feldes lässt sich hier ablegen.</translation>
  </message>
  <message>
   <source>Colours that suit your frames better</source>
   <translation>Farben, die besser zu den eigenen Bildern passen</translation>
  </message>
  <message>
   <source>Combine all the same</source>
   <translation>Trotzdem kombinieren</translation>
  </message>
  <message>
   <source>Combine by field …</source>
   <translation>Nach Feldern kombinieren …</translation>
  </message>
  <message>
   <source>Combine by likelihood on a finer grid, or leave the noise in.</source>
   <translation>Kombinieren Sie nach Likelihood auf feinerem Raster, oder lassen Sie das Rauschen stehen.</translation>
  </message>
  <message>
   <source>Combine fewer of them, or without --extent union.</source>
   <translation>Kombinieren Sie weniger davon, oder ohne --extent union.</translation>
  </message>
  <message>
   <source>Combine frames of one kind of unit.</source>
   <translation>Kombinieren Sie Aufnahmen mit einer Art von Einheit.</translation>
  </message>
  <message>
   <source>Combine frames …</source>
   <translation>Aufnahmen kombinieren …</translation>
  </message>
  <message>
   <source>Combine into</source>
   <translation>Kombinieren in</translation>
  </message>
  <message>
   <source>Combine them into one frame (Ctrl+Shift+J)</source>
   <translation>Zu einer Aufnahme kombinieren (Strg+Umschalt+J)</translation>
  </message>
  <message>
   <source>Combine those of one filter at a time, or allow it: --mixed-filters.</source>
   <translation>Kombinieren Sie die eines Filters für sich, oder erlauben Sie es: --mixed-filters.</translation>
  </message>
  <message>
   <source>Combine {count} frames</source>
   <translation>{count} Aufnahmen kombinieren</translation>
  </message>
  <message>
   <source>Combining</source>
   <translation>Kombiniere</translation>
  </message>
  <message>
   <source>Combining ended before it was done</source>
   <translation>Das Kombinieren endete, bevor es fertig war</translation>
  </message>
  <message>
   <source>Combining was cancelled.</source>
   <translation>Das Kombinieren wurde abgebrochen.</translation>
  </message>
  <message>
   <source>Coming …</source>
   <translation>Kommt …</translation>
  </message>
  <message>
   <source>Command</source>
   <translation>Befehl</translation>
  </message>
  <message>
   <source>Commands</source>
   <translation>Befehle</translation>
  </message>
  <message>
   <source>Commands …</source>
   <translation>Befehle …</translation>
  </message>
  <message>
   <source>Compare it with the frame that it was made from.</source>
   <translation>Vergleichen Sie es mit der Aufnahme, aus der es gemacht wurde.</translation>
  </message>
  <message>
   <source>Compare it with those in trainer/recipes.</source>
   <translation>Mit denen in trainer/recipes vergleichen.</translation>
  </message>
  <message>
   <source>Compare them again.</source>
   <translation>Vergleichen Sie sie noch einmal.</translation>
  </message>
  <message>
   <source>Compare this frame with any other open one</source>
   <translation>Dieses Bild mit einem anderen offenen vergleichen</translation>
  </message>
  <message>
   <source>Compare with</source>
   <translation>Vergleichen mit</translation>
  </message>
  <message>
   <source>Compare with nothing</source>
   <translation>Nicht mehr vergleichen</translation>
  </message>
  <message>
   <source>Compare with …</source>
   <translation>Vergleichen mit …</translation>
  </message>
  <message>
   <source>Compare {title} with …</source>
   <translation>{title} vergleichen mit …</translation>
  </message>
  <message>
   <source>Comparing the sources …</source>
   <translation>Die Quellen werden verglichen …</translation>
  </message>
  <message>
   <source>Compass</source>
   <translation>Kompass</translation>
  </message>
  <message>
   <source>Compass and scale bar</source>
   <translation>Kompass und Maßstab</translation>
  </message>
  <message>
   <source>Compose and enhance</source>
   <translation>Zusammensetzen und verbessern</translation>
  </message>
  <message>
   <source>Compose bands of one field</source>
   <translation>Bänder zusammensetzen</translation>
  </message>
  <message>
   <source>Compose colour from bands</source>
   <translation>Farbe aus Bändern zusammensetzen</translation>
  </message>
  <message>
   <source>Compose colour from {count} bands</source>
   <translation>Farbe aus {count} Bändern zusammensetzen</translation>
  </message>
  <message>
   <source>Compose its bands first, or take a picture in colour.</source>
   <translation>Erst seine Bänder zusammensetzen, oder ein Farbbild nehmen.</translation>
  </message>
  <message>
   <source>Compose them into one picture (Ctrl+Shift+B)</source>
   <translation>Zu einem Bild zusammensetzen (Strg+Umschalt+B)</translation>
  </message>
  <message>
   <source>Composing was cancelled.</source>
   <translation>Das Zusammensetzen wurde abgebrochen.</translation>
  </message>
  <message>
   <source>Connect to SAMP</source>
   <translation>Mit SAMP verbinden</translation>
  </message>
  <message>
   <source>Connected to the SAMP hub.</source>
   <translation>Mit dem SAMP-Hub verbunden.</translation>
  </message>
  <message>
   <source>Connected: {names}</source>
   <translation>Verbunden: {names}</translation>
  </message>
  <message>
   <source>Contact sheet</source>
   <translation>Kontaktbogen</translation>
  </message>
  <message>
   <source>Contents</source>
   <translation>Inhalt</translation>
  </message>
  <message>
   <source>Contour levels …</source>
   <translation>Werte der Höhenlinien …</translation>
  </message>
  <message>
   <source>Contours</source>
   <translation>Höhenlinien</translation>
  </message>
  <message>
   <source>Contours cannot be laid on other frames.</source>
   <translation>Höhenlinien lassen sich nicht auf andere Bilder legen.</translation>
  </message>
  <message>
   <source>Contrast</source>
   <translation>Kontrast</translation>
  </message>
  <message>
   <source>Contrast and bias</source>
   <translation>Kontrast und Mitte</translation>
  </message>
  <message>
   <source>Contrast and number of samples</source>
   <translation>Kontrast und Zahl der Werte</translation>
  </message>
  <message>
   <source>Coordinate grid</source>
   <translation>Koordinatennetz</translation>
  </message>
  <message>
   <source>Coordinates</source>
   <translation>Koordinaten</translation>
  </message>
  <message>
   <source>Copied as text.</source>
   <translation>Als Text kopiert.</translation>
  </message>
  <message>
   <source>Copied the view.</source>
   <translation>Ansicht kopiert.</translation>
  </message>
  <message numerus="yes">
   <source>Copied {count} regions.</source>
   <translation>
    <numerusform>{count} Region kopiert.</numerusform>
    <numerusform>{count} Regionen kopiert.</numerusform>
   </translation>
  </message>
  <message>
   <source>Copies of the selected frames, or of all on show, in another folder</source>
   <translation>Kopien der gewählten oder aller gezeigten Aufnahmen in einem anderen Ordner</translation>
  </message>
  <message>
   <source>Copper</source>
   <translation>Kupfer</translation>
  </message>
  <message>
   <source>Copper glow</source>
   <translation>Kupferglut</translation>
  </message>
  <message>
   <source>Copy</source>
   <translation>Kopieren</translation>
  </message>
  <message>
   <source>Copy all rows</source>
   <translation>Alle Zeilen kopieren</translation>
  </message>
  <message>
   <source>Copy measurement</source>
   <translation>Messung kopieren</translation>
  </message>
  <message>
   <source>Copy or write it again.</source>
   <translation>Noch einmal kopieren oder schreiben.</translation>
  </message>
  <message>
   <source>Copy regions</source>
   <translation>Regionen kopieren</translation>
  </message>
  <message>
   <source>Copy regions here or in DS9 first.</source>
   <translation>Zuerst hier oder in DS9 Regionen kopieren.</translation>
  </message>
  <message>
   <source>Copy the command</source>
   <translation>Befehl kopieren</translation>
  </message>
  <message>
   <source>Copy the files …</source>
   <translation>Dateien kopieren …</translation>
  </message>
  <message>
   <source>Copy the frames here first, or leave --bands off.</source>
   <translation>Die Aufnahmen zuerst hierher kopieren oder --bands weglassen.</translation>
  </message>
  <message>
   <source>Copy the lines that are shown</source>
   <translation>Die gezeigten Zeilen kopieren</translation>
  </message>
  <message>
   <source>Copy the measurement as text; without one, the position under the cursor</source>
   <translation>Messung als Text kopieren; ohne Messung die Stelle unter dem Zeiger</translation>
  </message>
  <message>
   <source>Copy the numbers as text</source>
   <translation>Die Zahlen als Text kopieren</translation>
  </message>
  <message>
   <source>Copy the numbers as text (Ctrl+Shift+C)</source>
   <translation>Die Zahlen als Text kopieren (Strg+Umschalt+C)</translation>
  </message>
  <message>
   <source>Copy the picture as it is shown</source>
   <translation>Das Bild so kopieren, wie es zu sehen ist</translation>
  </message>
  <message>
   <source>Copy this row (Ctrl+Shift+C)</source>
   <translation>Diese Zeile kopieren (Strg+Umschalt+C)</translation>
  </message>
  <message>
   <source>Copy value and position</source>
   <translation>Wert und Ort kopieren</translation>
  </message>
  <message>
   <source>Copy view</source>
   <translation>Ansicht kopieren</translation>
  </message>
  <message>
   <source>Copying: {done:,} of {of:,} files</source>
   <translation>Kopiere: {done:,} von {of:,} Dateien</translation>
  </message>
  <message>
   <source>Correct it, or delete it to begin anew: {path}</source>
   <translation>Sie berichtigen oder löschen, um neu zu beginnen: {path}</translation>
  </message>
  <message>
   <source>Course</source>
   <translation>Verlauf</translation>
  </message>
  <message>
   <source>Credits are in the column mission_credit of its MANIFEST.csv.</source>
   <translation>Die Nachweise stehen in der Spalte mission_credit der MANIFEST.csv.</translation>
  </message>
  <message>
   <source>Crosshair</source>
   <translation>Fadenkreuz</translation>
  </message>
  <message>
   <source>Ctrl+N</source>
   <translation>Strg+N</translation>
  </message>
  <message>
   <source>Ctrl+O</source>
   <translation>Strg+O</translation>
  </message>
  <message>
   <source>Ctrl+Shift+O</source>
   <translation>Strg+Umschalt+O</translation>
  </message>
  <message>
   <source>Ctrl+Z</source>
   <translation>Strg+Z</translation>
  </message>
  <message>
   <source>Cyan</source>
   <translation>Cyan</translation>
  </message>
  <message>
   <source>DS9 regions (*.reg)</source>
   <translation>DS9-Regionen (*.reg)</translation>
  </message>
  <message>
   <source>Dark</source>
   <translation>Dunkel</translation>
  </message>
  <message>
   <source>Dark stars on a bright sky</source>
   <translation>Dunkle Sterne auf hellem Himmel</translation>
  </message>
  <message>
   <source>Data quality</source>
   <translation>Datenqualität</translation>
  </message>
  <message>
   <source>Date</source>
   <translation>Datum</translation>
  </message>
  <message>
   <source>Debayer it with the camera's or a stacking program first.</source>
   <translation>Entbayern Sie es zuerst mit dem Programm der Kamera oder zum Stapeln.</translation>
  </message>
  <message>
   <source>Degrees</source>
   <translation>Grad</translation>
  </message>
  <message>
   <source>Degrees are written as 202.4696, or 202d28m10.5s.</source>
   <translation>Grad werden als 202.4696 oder 202d28m10.5s geschrieben.</translation>
  </message>
  <message>
   <source>Degrees, clockwise</source>
   <translation>Grad, im Uhrzeigersinn</translation>
  </message>
  <message>
   <source>Del while regions are chosen</source>
   <translation>Entf, solange Regionen gewählt sind</translation>
  </message>
  <message>
   <source>Delete</source>
   <translation>Entf</translation>
  </message>
  <message>
   <source>Delete the hints of this frame and set them again.</source>
   <translation>Die Hinweise dieses Bildes löschen und neu setzen.</translation>
  </message>
  <message>
   <source>Delete the region</source>
   <translation>Region löschen</translation>
  </message>
  <message>
   <source>Descending</source>
   <translation>Absteigend</translation>
  </message>
  <message>
   <source>Detail that the result's own intervals do not bear out gives way to interpolation</source>
   <translation>Einzelheiten, die die eigenen Intervalle des Ergebnisses nicht tragen, weichen der Interpolation</translation>
  </message>
  <message>
   <source>Deutsch</source>
   <translation>Deutsch</translation>
  </message>
  <message>
   <source>Device</source>
   <translation>Gerät</translation>
  </message>
  <message>
   <source>Did you mean {name}?</source>
   <translation>Meinten Sie {name}?</translation>
  </message>
  <message>
   <source>Difference</source>
   <translation>Differenz</translation>
  </message>
  <message>
   <source>Differences that get the strongest colours</source>
   <translation>Differenzen mit den kräftigsten Farben</translation>
  </message>
  <message>
   <source>Digitized Sky Survey, colour</source>
   <translation>Digitized Sky Survey, Farbe</translation>
  </message>
  <message>
   <source>Discard</source>
   <translation>Verwerfen</translation>
  </message>
  <message>
   <source>Discard result</source>
   <translation>Ergebnis verwerfen</translation>
  </message>
  <message>
   <source>Discard the model</source>
   <translation>Das Modell verwerfen</translation>
  </message>
  <message>
   <source>Discarded the result “{label}” of {name}.</source>
   <translation>Ergebnis „{label}“ von {name} verworfen.</translation>
  </message>
  <message>
   <source>Discarded. Its files are still in the run folder, until that is removed.</source>
   <translation>Verworfen. Seine Dateien bleiben im Laufordner, bis dieser entfernt wird.</translation>
  </message>
  <message>
   <source>Disconnected from the SAMP hub.</source>
   <translation>Vom SAMP-Hub getrennt.</translation>
  </message>
  <message>
   <source>Dismiss</source>
   <translation>Schließen</translation>
  </message>
  <message>
   <source>Display</source>
   <translation>Anzeige</translation>
  </message>
  <message>
   <source>Do failed and cancelled frames again</source>
   <translation>Gescheiterte und abgebrochene Bilder noch einmal</translation>
  </message>
  <message>
   <source>Do the selected frames next</source>
   <translation>Ausgewählte Bilder als nächste</translation>
  </message>
  <message>
   <source>Do what failed again (Ctrl+R)</source>
   <translation>Gescheitertes noch einmal (Strg+R)</translation>
  </message>
  <message>
   <source>Does something else write to that place?</source>
   <translation>Schreibt noch etwas anderes dorthin?</translation>
  </message>
  <message>
   <source>Done</source>
   <translation>Fertig</translation>
  </message>
  <message>
   <source>Done before</source>
   <translation>Schon fertig</translation>
  </message>
  <message>
   <source>Doubles the sampling of a frame; on linear frames the flux of every input pixel is kept exactly.</source>
   <translation>Verdoppelt die Abtastung eines Bildes; bei linearen Bildern bleibt der Fluss jedes Eingangspixels genau erhalten.</translation>
  </message>
  <message>
   <source>Doubles the sampling of a grey frame and paints it in one pass; lightness is kept, and the flux of measured frames.</source>
   <translation>Verdoppelt die Abtastung eines grauen Bildes und malt es in einem Durchgang; die Helligkeit bleibt erhalten, und der Fluss gemessener Bilder.</translation>
  </message>
  <message>
   <source>Doubles the sampling of display pictures (PNG, JPEG, TIFF), where Super-resolver ×2 is chosen.</source>
   <translation>Verdoppelt die Abtastung von Anzeigebildern (PNG, JPEG, TIFF), wo Schärfer ×2 gewählt ist.</translation>
  </message>
  <message>
   <source>Download frames of a target from an archive</source>
   <translation>Bilder eines Ziels aus einem Archiv herunterladen</translation>
  </message>
  <message>
   <source>Download it</source>
   <translation>Herunterladen</translation>
  </message>
  <message>
   <source>Download it with a browser, and open it from there.</source>
   <translation>Laden Sie sie mit einem Browser und öffnen Sie sie von dort.</translation>
  </message>
  <message>
   <source>Download or copy it again, or ask whoever made it for a valid FITS file.</source>
   <translation>Laden oder kopieren Sie sie noch einmal, oder bitten Sie um eine gültige FITS-Datei.</translation>
  </message>
  <message>
   <source>Download or copy it again, or develop it with the camera's program.</source>
   <translation>Laden oder kopieren Sie es noch einmal oder entwickeln Sie es mit dem Programm der Kamera.</translation>
  </message>
  <message>
   <source>Download or copy it again, or save it again with another program.</source>
   <translation>Laden oder kopieren Sie sie noch einmal, oder speichern Sie sie mit einem anderen Programm.</translation>
  </message>
  <message>
   <source>Download or copy it again.</source>
   <translation>Noch einmal herunterladen oder kopieren.</translation>
  </message>
  <message>
   <source>Download or copy it again; it may have been cut short.</source>
   <translation>Noch einmal herunterladen oder kopieren; vielleicht fehlt das Ende.</translation>
  </message>
  <message>
   <source>Downloading {name}</source>
   <translation>Lädt {name}</translation>
  </message>
  <message>
   <source>Drag</source>
   <translation>Ziehen</translation>
  </message>
  <message>
   <source>Drag a box on the picture.
Enter puts one in the middle; arrows move it.</source>
   <translation>Ein Rechteck auf dem Bild ziehen.
Eingabe setzt eines in die Mitte; Pfeile verschieben es.</translation>
  </message>
  <message>
   <source>Drag a box: mean, median, deviation, sum</source>
   <translation>Rechteck ziehen: Mittel, Median, Streuung, Summe</translation>
  </message>
  <message>
   <source>Drag a line across the picture.
Enter puts one in the middle; arrows move it.</source>
   <translation>Eine Linie über das Bild ziehen.
Eingabe setzt eine in die Mitte; Pfeile verschieben sie.</translation>
  </message>
  <message>
   <source>Drag a line across: before above, after below</source>
   <translation>Waagrechte Linie ziehen: oben vorher, unten nachher</translation>
  </message>
  <message>
   <source>Drag a line between before and after</source>
   <translation>Linie zwischen vorher und nachher ziehen</translation>
  </message>
  <message>
   <source>Drag a line: the profile along it</source>
   <translation>Linie ziehen: das Profil entlang der Linie</translation>
  </message>
  <message>
   <source>Drag across it</source>
   <translation>Quer darüber ziehen</translation>
  </message>
  <message>
   <source>Drag black, middle grey (the diamond) and white</source>
   <translation>Schwarz, mittleres Grau (die Raute) und Weiß ziehen</translation>
  </message>
  <message>
   <source>Drag from end to end</source>
   <translation>Von Ende zu Ende ziehen</translation>
  </message>
  <message>
   <source>Drag from its centre</source>
   <translation>Von der Mitte aus ziehen</translation>
  </message>
  <message>
   <source>Draw</source>
   <translation>Zeichnen</translation>
  </message>
  <message>
   <source>Draw a circle around one, or choose it in the table.</source>
   <translation>Ziehen Sie einen Kreis um einen, oder wählen Sie ihn in der Tabelle.</translation>
  </message>
  <message>
   <source>Draw annuli</source>
   <translation>Kreisringe zeichnen</translation>
  </message>
  <message>
   <source>Draw annulus</source>
   <translation>Kreisring zeichnen</translation>
  </message>
  <message>
   <source>Draw box</source>
   <translation>Rechteck zeichnen</translation>
  </message>
  <message>
   <source>Draw boxes</source>
   <translation>Rechtecke zeichnen</translation>
  </message>
  <message>
   <source>Draw circle</source>
   <translation>Kreis zeichnen</translation>
  </message>
  <message>
   <source>Draw circles</source>
   <translation>Kreise zeichnen</translation>
  </message>
  <message>
   <source>Draw circles or points first.</source>
   <translation>Zuerst Kreise oder Punkte zeichnen.</translation>
  </message>
  <message>
   <source>Draw ellipse</source>
   <translation>Ellipse zeichnen</translation>
  </message>
  <message>
   <source>Draw ellipses</source>
   <translation>Ellipsen zeichnen</translation>
  </message>
  <message>
   <source>Draw line</source>
   <translation>Linie zeichnen</translation>
  </message>
  <message>
   <source>Draw lines</source>
   <translation>Linien zeichnen</translation>
  </message>
  <message>
   <source>Draw polygon</source>
   <translation>Vieleck zeichnen</translation>
  </message>
  <message>
   <source>Draw polygons: click corners, double-click to close</source>
   <translation>Vielecke zeichnen: Ecken anklicken, ein Doppelklick schließt</translation>
  </message>
  <message>
   <source>Draw regions or search.</source>
   <translation>Regionen zeichnen oder suchen lassen.</translation>
  </message>
  <message>
   <source>Draw some first (Region, Draw).</source>
   <translation>Zuerst welche zeichnen (Region, Zeichnen).</translation>
  </message>
  <message>
   <source>Draw, change and measure regions</source>
   <translation>Regionen zeichnen, ändern und messen</translation>
  </message>
  <message>
   <source>Drop a folder of frames here</source>
   <translation>Einen Ordner mit Aufnahmen hier ablegen</translation>
  </message>
  <message>
   <source>Drop a folder of your frames here</source>
   <translation>Hier einen Ordner mit eigenen Bildern ablegen</translation>
  </message>
  <message>
   <source>Drop a folder of your frames here, or choose one.</source>
   <translation>Hier einen Ordner mit eigenen Bildern ablegen oder einen wählen.</translation>
  </message>
  <message>
   <source>Drop a frame here</source>
   <translation>Bild hier ablegen</translation>
  </message>
  <message>
   <source>Drop frames or folders here</source>
   <translation>Bilder oder Ordner hier ablegen</translation>
  </message>
  <message>
   <source>Drop several bands of one field together to compose their true colour.</source>
   <translation>Mehrere Bänder eines Feldes zusammen ablegen, um ihre echte Farbe zusammenzusetzen.</translation>
  </message>
  <message>
   <source>Dust brown</source>
   <translation>Staubbraun</translation>
  </message>
  <message>
   <source>E&amp;nhance</source>
   <translation>V&amp;erbessern</translation>
  </message>
  <message>
   <source>Each HDU in the list by itself</source>
   <translation>Jede HDU für sich in der Liste</translation>
  </message>
  <message>
   <source>Each as large as fits</source>
   <translation>Jedes so groß, wie es passt</translation>
  </message>
  <message>
   <source>Each chosen region moves to the middle of its light</source>
   <translation>Jede gewählte Region rückt in die Mitte ihres Lichts</translation>
  </message>
  <message>
   <source>Each frame's shift from the reference</source>
   <translation>Verschiebung jeder Aufnahme gegen die Referenz</translation>
  </message>
  <message>
   <source>Each picture of a blink goes over into the next</source>
   <translation>Jedes Bild beim Blinken geht in das nächste über</translation>
  </message>
  <message>
   <source>Earlier sessions</source>
   <translation>Frühere Sitzungen</translation>
  </message>
  <message>
   <source>Ecliptic</source>
   <translation>Ekliptikal</translation>
  </message>
  <message>
   <source>Ellipse</source>
   <translation>Ellipse</translation>
  </message>
  <message>
   <source>Elliptical panda</source>
   <translation>Elliptische Sektoren</translation>
  </message>
  <message>
   <source>Ellipticity</source>
   <translation>Elliptizität</translation>
  </message>
  <message>
   <source>End the name in .fits, .tif, .png, .jpg or .xisf.</source>
   <translation>Den Namen auf .fits, .tif, .png, .jpg oder .xisf enden lassen.</translation>
  </message>
  <message>
   <source>End the name in .fits; open that file to save a picture of it.</source>
   <translation>Lassen Sie den Namen auf .fits enden; öffnen Sie diese Datei, um ein Bild davon zu sichern.</translation>
  </message>
  <message>
   <source>End the name in {filter}.</source>
   <translation>Lassen Sie den Namen auf {filter} enden.</translation>
  </message>
  <message>
   <source>End x, y (FITS)</source>
   <translation>Ende x, y (FITS)</translation>
  </message>
  <message>
   <source>Ends of the colours</source>
   <translation>Enden der Farben</translation>
  </message>
  <message>
   <source>Energy</source>
   <translation>Energie</translation>
  </message>
  <message>
   <source>English</source>
   <translation>English</translation>
  </message>
  <message>
   <source>Enhance</source>
   <translation>Verbessern</translation>
  </message>
  <message>
   <source>Enhance again</source>
   <translation>Noch einmal verbessern</translation>
  </message>
  <message>
   <source>Enhance as a batch</source>
   <translation>Als Stapel verbessern</translation>
  </message>
  <message>
   <source>Enhance its array instead: enhance(ccd.data, origin="lower").</source>
   <translation>Stattdessen sein Feld verbessern: enhance(ccd.data, origin="lower").</translation>
  </message>
  <message>
   <source>Enhance many frames at once</source>
   <translation>Viele Bilder auf einmal verbessern</translation>
  </message>
  <message>
   <source>Enhance sharpens and colours a frame, and tells what was measured and what is guessed.</source>
   <translation>Verbessern schärft und färbt ein Bild und sagt, was gemessen und was geraten ist.</translation>
  </message>
  <message>
   <source>Enhance the frame (Ctrl+E)</source>
   <translation>Das Bild verbessern (Strg+E)</translation>
  </message>
  <message>
   <source>Enhance the frame again.</source>
   <translation>Das Bild noch einmal verbessern.</translation>
  </message>
  <message>
   <source>Enhance the selected frames, or all on show</source>
   <translation>Die gewählten Aufnahmen verbessern, oder alle gezeigten</translation>
  </message>
  <message>
   <source>Enhance {frames}</source>
   <translation>{frames} verbessern</translation>
  </message>
  <message>
   <source>Enhanced</source>
   <translation>Verbessert</translation>
  </message>
  <message>
   <source>Enhancing {name}</source>
   <translation>{name} wird verbessert</translation>
  </message>
  <message>
   <source>Enhancing · not the original</source>
   <translation>Wird verbessert · nicht das Original</translation>
  </message>
  <message>
   <source>Enter</source>
   <translation>Eingabe</translation>
  </message>
  <message>
   <source>Equal weights: the numbers as they are in the files</source>
   <translation>Gleiche Gewichte: die Zahlen, wie sie in den Dateien stehen</translation>
  </message>
  <message>
   <source>Every frame</source>
   <translation>Jedes Bild</translation>
  </message>
  <message>
   <source>Every frame in a folder and its sub-folders is enhanced, with one set of choices. Originals are never touched, a frame that fails does not stop the others, and a batch that was interrupted can be resumed.</source>
   <translation>Jedes Bild eines Ordners und seiner Unterordner wird verbessert, alle auf dieselbe Weise. Originale bleiben unberührt, ein gescheitertes Bild hält die anderen nicht auf, und ein unterbrochener Stapel lässt sich fortsetzen.</translation>
  </message>
  <message>
   <source>Every machine of a cluster must see the same folders by the same names.</source>
   <translation>Jeder Rechner eines Clusters muss dieselben Ordner unter denselben Namen sehen.</translation>
  </message>
  <message>
   <source>Every pixel is a measurement</source>
   <translation>Jedes Pixel ist eine Messung</translation>
  </message>
  <message>
   <source>Every sample as the network wrote it</source>
   <translation>Jeder Wert, wie das Netz ihn schrieb</translation>
  </message>
  <message>
   <source>Every weight</source>
   <translation>Alle Gewichte</translation>
  </message>
  <message>
   <source>Exchange images and tables with other programs</source>
   <translation>Bilder und Tabellen mit anderen Programmen austauschen</translation>
  </message>
  <message>
   <source>Exclude</source>
   <translation>Ausschließen</translation>
  </message>
  <message>
   <source>Excluded</source>
   <translation>Ausgeschlossen</translation>
  </message>
  <message>
   <source>Expected {path}.</source>
   <translation>Erwartet wird {path}.</translation>
  </message>
  <message>
   <source>Expected {weights}.</source>
   <translation>Erwartet wird {weights}.</translation>
  </message>
  <message numerus="yes">
   <source>Export a list of {count:,} frames</source>
   <translation>
    <numerusform>Eine Liste von {count} Aufnahme ausgeben</numerusform>
    <numerusform>Eine Liste von {count:,} Aufnahmen ausgeben</numerusform>
   </translation>
  </message>
  <message>
   <source>Export the curves</source>
   <translation>Kurven exportieren</translation>
  </message>
  <message>
   <source>Export the curves …</source>
   <translation>Kurven exportieren …</translation>
  </message>
  <message>
   <source>Export the list …</source>
   <translation>Liste ausgeben …</translation>
  </message>
  <message>
   <source>Export the run</source>
   <translation>Lauf exportieren</translation>
  </message>
  <message>
   <source>Export the run …</source>
   <translation>Lauf exportieren …</translation>
  </message>
  <message>
   <source>Export the view</source>
   <translation>Ansicht exportieren</translation>
  </message>
  <message>
   <source>Export view …</source>
   <translation>Ansicht exportieren …</translation>
  </message>
  <message>
   <source>Exposure</source>
   <translation>Belichtung</translation>
  </message>
  <message>
   <source>Eyedropper</source>
   <translation>Pipette</translation>
  </message>
  <message>
   <source>F&amp;rame</source>
   <translation>&amp;Bild</translation>
  </message>
  <message>
   <source>FAILED</source>
   <translation>DURCHGEFALLEN</translation>
  </message>
  <message>
   <source>FITS</source>
   <translation>FITS</translation>
  </message>
  <message>
   <source>FITS files and pictures are sorted into what a model can learn from and what not, each with a reason.</source>
   <translation>FITS-Dateien und Bilder werden sortiert: woraus ein Modell lernen kann und woraus nicht, jeweils mit Grund.</translation>
  </message>
  <message>
   <source>FITS for FITS; otherwise a picture of 16 bit</source>
   <translation>FITS zu FITS, sonst ein Bild mit 16 Bit</translation>
  </message>
  <message>
   <source>FITS {x}, {y}   from 0: {x_2}, {y_2}</source>
   <translation>FITS {x}, {y}   ab 0: {x_2}, {y_2}</translation>
  </message>
  <message>
   <source>FITS, TIFF, PNG and JPEG files are looked for, in sub-folders too.</source>
   <translation>Gesucht werden FITS, TIFF, PNG und JPEG, auch in Unterordnern.</translation>
  </message>
  <message>
   <source>FITS, TIFF, PNG and JPEG files are looked for, not in sub-folders.</source>
   <translation>Gesucht werden FITS, TIFF, PNG und JPEG, nicht in Unterordnern.</translation>
  </message>
  <message>
   <source>FITS, TIFF, PNG and JPEG files are opened.</source>
   <translation>Geöffnet werden FITS, TIFF, PNG und JPEG.</translation>
  </message>
  <message>
   <source>FITS, TIFF, PNG or JPEG, of any size; or a folder of them</source>
   <translation>FITS, TIFF, PNG oder JPEG jeder Größe; oder ein Ordner davon</translation>
  </message>
  <message>
   <source>FITS, means of pixels (*.fits)</source>
   <translation>FITS, Mittel der Pixel (*.fits)</translation>
  </message>
  <message>
   <source>FITS, sums of pixels (*.fits)</source>
   <translation>FITS, Summen der Pixel (*.fits)</translation>
  </message>
  <message>
   <source>FK5</source>
   <translation>FK5</translation>
  </message>
  <message>
   <source>FWHM</source>
   <translation>FWHM</translation>
  </message>
  <message>
   <source>FWHM, Gaussian</source>
   <translation>FWHM, Gauß</translation>
  </message>
  <message>
   <source>FWHM, Moffat</source>
   <translation>FWHM, Moffat</translation>
  </message>
  <message>
   <source>Fade instead of blinking</source>
   <translation>Überblenden statt blinken</translation>
  </message>
  <message>
   <source>Failed</source>
   <translation>Gescheitert</translation>
  </message>
  <message>
   <source>Failed its test and is not used: {names}</source>
   <translation>Den Test nicht bestanden, nicht in Gebrauch: {names}</translation>
  </message>
  <message>
   <source>Fast</source>
   <translation>Schnell</translation>
  </message>
  <message>
   <source>Few targets are held out, so all of them judge, in {folds} folds. Those and the model have {each} each.</source>
   <translation>Wenige Ziele sind zurückgehalten, darum urteilen alle, reihum in {folds} Teilen. Diese und das Modell haben je {each}.</translation>
  </message>
  <message>
   <source>Few targets are held out, so all {targets} judge, in {folds} folds: of each a model that learnt from the others. The folds' models and the one that is kept, which learns from all, have {each} each.</source>
   <translation>Wenige Ziele sind zurückgehalten, darum urteilen alle {targets}, in {folds} Teilen: über jeden ein Modell, das aus den anderen lernte. Die Modelle der Teile und das eigentliche, das aus allen lernt, haben je {each}.</translation>
  </message>
  <message>
   <source>Few targets are held out: they only judge. The best weights are chosen by pictures that are learnt from.</source>
   <translation>Wenige Ziele sind zurückgehalten: Sie urteilen nur. Die besten Gewichte wählen Bilder, aus denen gelernt wird.</translation>
  </message>
  <message>
   <source>Field</source>
   <translation>Feld</translation>
  </message>
  <message>
   <source>Fields are {fields}; try {name}</source>
   <translation>Felder sind {fields}; etwa {name}</translation>
  </message>
  <message>
   <source>Fields of up to {widest:.0f} degrees can be had; cut the frame, or take a picture.</source>
   <translation>Felder bis {widest:.0f} Grad sind zu haben; die Aufnahme beschneiden oder ein Bild nehmen.</translation>
  </message>
  <message>
   <source>File</source>
   <translation>Datei</translation>
  </message>
  <message>
   <source>File size</source>
   <translation>Dateigröße</translation>
  </message>
  <message>
   <source>Files</source>
   <translation>Dateien</translation>
  </message>
  <message>
   <source>Files are saved without what is hidden, and HISTORY says so</source>
   <translation>Dateien werden ohne das Ausgeblendete gespeichert, und HISTORY sagt es</translation>
  </message>
  <message>
   <source>Files may have come, gone or changed</source>
   <translation>Dateien können dazugekommen, verschwunden oder verändert sein</translation>
  </message>
  <message>
   <source>Files that come</source>
   <translation>Dateien, die kommen</translation>
  </message>
  <message>
   <source>Files that were judged</source>
   <translation>Beurteilte Dateien</translation>
  </message>
  <message>
   <source>Filter</source>
   <translation>Filter</translation>
  </message>
  <message>
   <source>Find any command by a few letters</source>
   <translation>Jeden Befehl an ein paar Buchstaben finden</translation>
  </message>
  <message>
   <source>Find by name</source>
   <translation>Nach Namen suchen</translation>
  </message>
  <message>
   <source>Find by name …</source>
   <translation>Nach Namen suchen …</translation>
  </message>
  <message>
   <source>Find frames</source>
   <translation>Aufnahmen finden</translation>
  </message>
  <message>
   <source>Find on the sky</source>
   <translation>Am Himmel suchen</translation>
  </message>
  <message>
   <source>Find …</source>
   <translation>Finden …</translation>
  </message>
  <message>
   <source>Finish, then quit</source>
   <translation>Beenden, wenn es fertig ist</translation>
  </message>
  <message>
   <source>Fire</source>
   <translation>Feuer</translation>
  </message>
  <message>
   <source>Fit</source>
   <translation>Einpassen</translation>
  </message>
  <message>
   <source>Fit the frame into the window</source>
   <translation>Das ganze Bild ins Fenster</translation>
  </message>
  <message>
   <source>Five stars</source>
   <translation>Fünf Sterne</translation>
  </message>
  <message>
   <source>Flagged pixels</source>
   <translation>Markierte Pixel</translation>
  </message>
  <message>
   <source>Flagged pixels in orange, by the file's DQ or mask</source>
   <translation>Markierte Pixel in Orange, nach DQ oder Maske der Datei</translation>
  </message>
  <message>
   <source>Flux</source>
   <translation>Fluss</translation>
  </message>
  <message>
   <source>Flux after, against before</source>
   <translation>Fluss nachher, gegenüber vorher</translation>
  </message>
  <message>
   <source>Flux in a circle of 5 pixels, in the frame's unit</source>
   <translation>Fluss in einem Kreis von 5 Pixeln, in der Einheit der Aufnahme</translation>
  </message>
  <message>
   <source>Flux over its noise</source>
   <translation>Fluss durch sein Rauschen</translation>
  </message>
  <message>
   <source>Fluxes and magnitudes of many stars</source>
   <translation>Flüsse und Helligkeiten vieler Sterne</translation>
  </message>
  <message>
   <source>Fold the side panels away</source>
   <translation>Seitenleisten ein- und ausklappen</translation>
  </message>
  <message>
   <source>Folder</source>
   <translation>Ordner</translation>
  </message>
  <message>
   <source>Folder for the frames</source>
   <translation>Ordner für die Bilder</translation>
  </message>
  <message>
   <source>Folder for the results</source>
   <translation>Ordner für die Ergebnisse</translation>
  </message>
  <message>
   <source>Folder to begin in</source>
   <translation>Ordner zum Anfangen</translation>
  </message>
  <message>
   <source>Font</source>
   <translation>Schrift</translation>
  </message>
  <message>
   <source>For a second screen: a frame, or all of them</source>
   <translation>Für einen zweiten Bildschirm: eine Aufnahme, oder alle</translation>
  </message>
  <message>
   <source>For colour-blind eyes</source>
   <translation>Für Farbenblinde</translation>
  </message>
  <message>
   <source>For folders that do not fit into memory</source>
   <translation>Für Ordner, die nicht in den Speicher passen</translation>
  </message>
  <message>
   <source>Forget it</source>
   <translation>Vergessen</translation>
  </message>
  <message>
   <source>Forget them</source>
   <translation>Vergessen</translation>
  </message>
  <message>
   <source>Forget this batch; files stay</source>
   <translation>Diesen Stapel vergessen; Dateien bleiben</translation>
  </message>
  <message>
   <source>Format</source>
   <translation>Format</translation>
  </message>
  <message>
   <source>Four stars</source>
   <translation>Vier Sterne</translation>
  </message>
  <message>
   <source>Four targets are the least, forty are a good beginning. Your frames stay where they are.</source>
   <translation>Vier Ziele sind das Mindeste, vierzig ein guter Anfang. Ihre Aufnahmen bleiben, wo sie sind.</translation>
  </message>
  <message>
   <source>Four times as many pixels per side; flux is kept</source>
   <translation>Viermal so viele Pixel je Seite; der Fluss bleibt erhalten</translation>
  </message>
  <message>
   <source>Frame</source>
   <translation>Bild</translation>
  </message>
  <message>
   <source>Frame {n}</source>
   <translation>Aufnahme {n}</translation>
  </message>
  <message>
   <source>Frames</source>
   <translation>Bilder</translation>
  </message>
  <message>
   <source>Frames are not “{value}”</source>
   <translation>Aufnahmen sind nicht „{value}“</translation>
  </message>
  <message>
   <source>Frames combined</source>
   <translation>Kombinierte Aufnahmen</translation>
  </message>
  <message>
   <source>Frames from the sky's archives</source>
   <translation>Bilder aus den Archiven des Himmels</translation>
  </message>
  <message>
   <source>Frames of one field in several filters become one frame in their true colours; the others are enhanced as usual. Not while folders are watched: more of a set may come</source>
   <translation>Aufnahmen eines Feldes in mehreren Filtern werden eine Aufnahme in ihren wahren Farben; die anderen werden wie sonst verbessert. Nicht, solange Ordner beobachtet werden: Es können noch weitere eines Satzes kommen</translation>
  </message>
  <message>
   <source>Frames of other fields and sizes</source>
   <translation>Bilder anderer Felder und Größen</translation>
  </message>
  <message>
   <source>Frames to learn from</source>
   <translation>Bilder, aus denen gelernt wird</translation>
  </message>
  <message>
   <source>Frames, results and views in one file or one folder</source>
   <translation>Bilder, Ergebnisse und Ansichten in einer Datei oder einem Ordner</translation>
  </message>
  <message>
   <source>Frames, results and views that were saved</source>
   <translation>Gesicherte Bilder, Ergebnisse und Ansichten</translation>
  </message>
  <message>
   <source>Frequency</source>
   <translation>Frequenz</translation>
  </message>
  <message>
   <source>From</source>
   <translation>Von</translation>
  </message>
  <message>
   <source>From a .lut or .sao file</source>
   <translation>Aus einer .lut- oder .sao-Datei</translation>
  </message>
  <message>
   <source>From its centre before to that after, in pixels of the frame</source>
   <translation>Von seiner Mitte vorher zu der nachher, in Pixeln der Aufnahme</translation>
  </message>
  <message>
   <source>From picture</source>
   <translation>Aus einem Bild</translation>
  </message>
  <message>
   <source>From picture …</source>
   <translation>Aus Bild …</translation>
  </message>
  <message>
   <source>From the samples in view alone</source>
   <translation>Nur aus den Werten, die zu sehen sind</translation>
  </message>
  <message>
   <source>From the samples of all open frames together</source>
   <translation>Aus den Werten aller offenen Bilder zusammen</translation>
  </message>
  <message>
   <source>Full screen</source>
   <translation>Vollbild</translation>
  </message>
  <message>
   <source>GAN</source>
   <translation>GAN</translation>
  </message>
  <message>
   <source>GIF or WebP, at the blink's rate</source>
   <translation>GIF oder WebP, im Takt des Blinkens</translation>
  </message>
  <message>
   <source>Galactic</source>
   <translation>Galaktisch</translation>
  </message>
  <message>
   <source>Gamma</source>
   <translation>Gamma</translation>
  </message>
  <message>
   <source>Gamma, contrast and bias</source>
   <translation>Gamma, Kontrast und Mitte</translation>
  </message>
  <message>
   <source>Gathering ended before it was done</source>
   <translation>Das Sammeln endete, bevor es fertig war</translation>
  </message>
  <message>
   <source>Gaussian</source>
   <translation>Gauß</translation>
  </message>
  <message>
   <source>Get frames</source>
   <translation>Bilder holen</translation>
  </message>
  <message>
   <source>Get frames …</source>
   <translation>Bilder holen …</translation>
  </message>
  <message>
   <source>Get the file once more.</source>
   <translation>Die Datei noch einmal holen.</translation>
  </message>
  <message>
   <source>Get the model once more.</source>
   <translation>Holen Sie das Modell noch einmal.</translation>
  </message>
  <message>
   <source>Give (H, W) for grey or (H, W, 3) for colour; take one plane of a cube.</source>
   <translation>(H, B) für Grau oder (H, B, 3) für Farbe geben; von einem Würfel eine Ebene nehmen.</translation>
  </message>
  <message>
   <source>Give FITS frames that show a dozen stars that are not saturated, or leave --linear out.</source>
   <translation>Geben Sie FITS-Aufnahmen mit einem Dutzend nicht gesättigter Sterne an, oder lassen Sie --linear weg.</translation>
  </message>
  <message>
   <source>Give Oklab a and b, (h, w, 2).</source>
   <translation>Geben Sie Oklab a und b an, (h, w, 2).</translation>
  </message>
  <message>
   <source>Give RA and Dec in degrees (210.80 54.35), or a name.</source>
   <translation>RA und Dec in Grad angeben (210.80 54.35), oder einen Namen.</translation>
  </message>
  <message>
   <source>Give a folder with FITS, TIFF, PNG or JPEG files, or tar shards of them.</source>
   <translation>Einen Ordner mit FITS, TIFF, PNG oder JPEG angeben, oder mit tar-Paketen davon.</translation>
  </message>
  <message>
   <source>Give a folder with FITS, TIFF, PNG or JPEG files; sub-folders count.</source>
   <translation>Einen Ordner mit FITS, TIFF, PNG oder JPEG angeben; Unterordner zählen mit.</translation>
  </message>
  <message>
   <source>Give a folder with colour PNG, JPEG or TIFF pictures.</source>
   <translation>Einen Ordner mit farbigen PNG, JPEG oder TIFF angeben.</translation>
  </message>
  <message>
   <source>Give a folder with more pictures of different targets.</source>
   <translation>Einen Ordner mit mehr Bildern verschiedener Ziele angeben.</translation>
  </message>
  <message>
   <source>Give a folder with more pictures.</source>
   <translation>Einen Ordner mit mehr Bildern angeben.</translation>
  </message>
  <message>
   <source>Give a folder with {fewest} or more colour pictures: PNG, JPEG, TIFF or FITS.</source>
   <translation>Geben Sie einen Ordner mit {fewest} oder mehr Farbbildern an: PNG, JPEG, TIFF oder FITS.</translation>
  </message>
  <message>
   <source>Give a picture as uint8 or uint16.</source>
   <translation>Ein Bild als uint8 oder uint16 geben.</translation>
  </message>
  <message>
   <source>Give frames of one field; headers tell it by coordinates, OBJECT and FILTER.</source>
   <translation>Geben Sie Aufnahmen eines Feldes; Header sagen es durch Koordinaten, OBJECT und FILTER.</translation>
  </message>
  <message>
   <source>Give it a WCS (astrometry.net does), or take a colour picture of the field.</source>
   <translation>Ihr ein WCS geben (das tut astrometry.net), oder ein Farbbild des Feldes nehmen.</translation>
  </message>
  <message>
   <source>Give it as numbers.</source>
   <translation>Als Zahlen geben.</translation>
  </message>
  <message>
   <source>Give its address as tcp://host:8786, its file as scheduler.json, or local:4.</source>
   <translation>Seine Adresse als tcp://host:8786, seine Datei als scheduler.json, oder local:4 angeben.</translation>
  </message>
  <message>
   <source>Give more.</source>
   <translation>Mehr angeben.</translation>
  </message>
  <message>
   <source>Give pictures whose colours you like.</source>
   <translation>Geben Sie Bilder an, deren Farben Ihnen gefallen.</translation>
  </message>
  <message>
   <source>Give the file itself, which is debayered when it opens, or an array (H, W, 3) of its colours. If it was debayered before, take the mosaic's card out of its meta.</source>
   <translation>Geben Sie die Datei selbst an, aus der beim Öffnen Farben werden, oder ein Feld (H, W, 3) ihrer Farben. Wurde sie schon umgerechnet, nehmen Sie die Karte des Mosaiks aus den Metadaten.</translation>
  </message>
  <message>
   <source>Give two or more frames of one field, through one filter.</source>
   <translation>Geben Sie zwei oder mehr Aufnahmen eines Feldes durch einen Filter an.</translation>
  </message>
  <message>
   <source>Give vmin and vmax, or the data that its interval is of.</source>
   <translation>Geben Sie vmin und vmax an, oder die Daten, von denen sein Intervall ist.</translation>
  </message>
  <message>
   <source>Go back to earlier pictures</source>
   <translation>Zurück zu früheren Bildern</translation>
  </message>
  <message>
   <source>Go on</source>
   <translation>Weiter</translation>
  </message>
  <message>
   <source>Go on (Ctrl+P)</source>
   <translation>Weiter (Strg+P)</translation>
  </message>
  <message>
   <source>Go on after a verdict</source>
   <translation>Nach einem Urteil weitergehen</translation>
  </message>
  <message>
   <source>Go on from the last checkpoint</source>
   <translation>Vom letzten Zwischenstand weitermachen</translation>
  </message>
  <message>
   <source>Go on where it stopped</source>
   <translation>Dort weitermachen, wo er anhielt</translation>
  </message>
  <message>
   <source>Go on where it stopped (Ctrl+Enter)</source>
   <translation>Dort weitermachen, wo er anhielt (Strg+Eingabe)</translation>
  </message>
  <message>
   <source>Go on with it in the version that began it, or begin a new run.</source>
   <translation>Ihn mit der Version fortsetzen, die ihn begann, oder einen neuen Lauf beginnen.</translation>
  </message>
  <message>
   <source>Go through the planes</source>
   <translation>Durch die Ebenen gehen</translation>
  </message>
  <message>
   <source>Go to</source>
   <translation>Gehe zu</translation>
  </message>
  <message>
   <source>Go to next panel</source>
   <translation>Zum nächsten Bereich</translation>
  </message>
  <message>
   <source>Go to {frame} to see them.</source>
   <translation>Bei {frame} sind sie zu sehen.</translation>
  </message>
  <message>
   <source>Gold</source>
   <translation>Gold</translation>
  </message>
  <message>
   <source>Golden light</source>
   <translation>Goldenes Licht</translation>
  </message>
  <message>
   <source>Green</source>
   <translation>Grün</translation>
  </message>
  <message>
   <source>Grey</source>
   <translation>Grau</translation>
  </message>
  <message>
   <source>Group</source>
   <translation>Gruppieren</translation>
  </message>
  <message>
   <source>Groups</source>
   <translation>Gruppen</translation>
  </message>
  <message>
   <source>Guessed</source>
   <translation>Geraten</translation>
  </message>
  <message>
   <source>Guide</source>
   <translation>Anleitung</translation>
  </message>
  <message>
   <source>H II pink</source>
   <translation>H-II-Rosa</translation>
  </message>
  <message>
   <source>H-alpha red</source>
   <translation>H-alpha-Rot</translation>
  </message>
  <message>
   <source>HDU {hdu}</source>
   <translation>HDU {hdu}</translation>
  </message>
  <message>
   <source>HDU {hdu} of {name} has no sky coordinates</source>
   <translation>HDU {hdu} von {name} hat keine Himmelskoordinaten</translation>
  </message>
  <message>
   <source>HDU {hdu} of {name} is of another size than its {keyword} says</source>
   <translation>HDU {hdu} von {name} ist anders groß, als ihr {keyword} sagt</translation>
  </message>
  <message>
   <source>HDUs of the file</source>
   <translation>HDUs der Datei</translation>
  </message>
  <message>
   <source>HDUs {one} and {two} of {name} have coordinates of different systems</source>
   <translation>Die HDUs {one} und {two} von {name} haben Koordinaten verschiedener Systeme</translation>
  </message>
  <message>
   <source>HDUs {one} and {two} of {name} have different units ({unit_1}, {unit_2})</source>
   <translation>Die HDUs {one} und {two} von {name} haben verschiedene Einheiten ({unit_1}, {unit_2})</translation>
  </message>
  <message>
   <source>HDUs {one} and {two} of {name} lie at one place by their {keyword}</source>
   <translation>Die HDUs {one} und {two} von {name} liegen nach ihrem {keyword} an einer Stelle</translation>
  </message>
  <message>
   <source>Hardly better on {where}: {figure}. Not worth keeping.</source>
   <translation>Kaum besser auf {where}: {figure}. Nicht behaltenswert.</translation>
  </message>
  <message>
   <source>Header</source>
   <translation>Header</translation>
  </message>
  <message>
   <source>Header cards</source>
   <translation>Einträge des Headers</translation>
  </message>
  <message>
   <source>Height</source>
   <translation>Höhe</translation>
  </message>
  <message>
   <source>Held out</source>
   <translation>Zurückgehalten</translation>
  </message>
  <message>
   <source>Held out: only the scores see it</source>
   <translation>Zurückgehalten: Nur die Bewertung sieht es</translation>
  </message>
  <message>
   <source>Held-out frames</source>
   <translation>Zurückgehaltene Bilder</translation>
  </message>
  <message>
   <source>Here</source>
   <translation>Hier</translation>
  </message>
  <message>
   <source>Here before</source>
   <translation>Schon hier</translation>
  </message>
  <message>
   <source>Hide detail below S/N</source>
   <translation>Einzelheiten ausblenden unter S/N</translation>
  </message>
  <message>
   <source>Hide unsure detail</source>
   <translation>Unsichere Einzelheiten ausblenden</translation>
  </message>
  <message>
   <source>Histogram</source>
   <translation>Histogramm</translation>
  </message>
  <message>
   <source>Histogram equalised</source>
   <translation>Histogrammausgleich</translation>
  </message>
  <message>
   <source>History</source>
   <translation>Verlauf</translation>
  </message>
  <message>
   <source>Holding it to the frames</source>
   <translation>An die Aufnahmen gehalten</translation>
  </message>
  <message>
   <source>Hours, minutes, seconds</source>
   <translation>Stunden, Minuten, Sekunden</translation>
  </message>
  <message>
   <source>How</source>
   <translation>Wie</translation>
  </message>
  <message>
   <source>How far colours are from the true ones; less is better</source>
   <translation>Wie weit Farben von den wahren entfernt sind; weniger ist besser</translation>
  </message>
  <message>
   <source>How far off each sample of the result may be</source>
   <translation>Wie weit jeder Wert des Ergebnisses danebenliegen kann</translation>
  </message>
  <message>
   <source>How far the result's means over pixels are from what was measured, in sigma</source>
   <translation>Wie weit die Mittel des Ergebnisses über Pixel vom Gemessenen entfernt sind, in Sigma</translation>
  </message>
  <message>
   <source>How fine the result is sampled</source>
   <translation>Wie fein das Ergebnis abgetastet ist</translation>
  </message>
  <message>
   <source>How it ended</source>
   <translation>Wie es ausging</translation>
  </message>
  <message>
   <source>How it is scored</source>
   <translation>Wie es bewertet wird</translation>
  </message>
  <message>
   <source>How it went</source>
   <translation>Wie es lief</translation>
  </message>
  <message>
   <source>How long, and where</source>
   <translation>Wie lange, und wo</translation>
  </message>
  <message>
   <source>How planes become one picture</source>
   <translation>Wie aus Ebenen ein Bild wird</translation>
  </message>
  <message>
   <source>How strong blue is</source>
   <translation>Wie stark Blau ist</translation>
  </message>
  <message>
   <source>How strong green is</source>
   <translation>Wie stark Grün ist</translation>
  </message>
  <message>
   <source>How strong red is</source>
   <translation>Wie stark Rot ist</translation>
  </message>
  <message>
   <source>Hubble Legacy Archive</source>
   <translation>Hubble Legacy Archive</translation>
  </message>
  <message>
   <source>Hubble, all of MAST</source>
   <translation>Hubble, ganz MAST</translation>
  </message>
  <message>
   <source>ICRS</source>
   <translation>ICRS</translation>
  </message>
  <message>
   <source>If you trust it, allow more: --max-bytes {needs}.</source>
   <translation>Wenn Sie ihr trauen, erlauben Sie mehr: --max-bytes {needs}.</translation>
  </message>
  <message>
   <source>If you trust it, make room on the disk and allow more, for example --max-bytes {most}.</source>
   <translation>Wenn Sie ihr trauen, schaffen Sie Platz und erlauben Sie mehr, etwa --max-bytes {most}.</translation>
  </message>
  <message>
   <source>Illustrative</source>
   <translation>Illustrativ</translation>
  </message>
  <message>
   <source>Illustrative until scored: it is used only where you choose it, and its results say that their texture was painted. The mean over each pixel that was measured is kept.</source>
   <translation>Illustrativ, bis es bewertet ist: Es wird nur benutzt, wo es gewählt wird, und seine Ergebnisse sagen, dass ihre Textur gemalt ist. Der Mittelwert über jedem gemessenen Pixel bleibt erhalten.</translation>
  </message>
  <message>
   <source>Image</source>
   <translation>Bild</translation>
  </message>
  <message>
   <source>Image (from 0)</source>
   <translation>Bild (ab 0)</translation>
  </message>
  <message>
   <source>Image (from 1)</source>
   <translation>Bild (ab 1)</translation>
  </message>
  <message>
   <source>Image (pixels)</source>
   <translation>Bild (Pixel)</translation>
  </message>
  <message>
   <source>Image in this file (HDU)</source>
   <translation>Bild in dieser Datei (HDU)</translation>
  </message>
  <message>
   <source>Images of the file as a mosaic by detector</source>
   <translation>Bilder der Datei als Mosaik nach dem Detektor</translation>
  </message>
  <message>
   <source>Images of the file as a mosaic by sky</source>
   <translation>Bilder der Datei als Mosaik nach dem Himmel</translation>
  </message>
  <message>
   <source>Import a model</source>
   <translation>Modell importieren</translation>
  </message>
  <message>
   <source>Import a model …</source>
   <translation>Modell importieren …</translation>
  </message>
  <message>
   <source>Import another …</source>
   <translation>Weiteres importieren …</translation>
  </message>
  <message>
   <source>Import that model first, or bring it back from the trash.</source>
   <translation>Jenes Modell erst importieren oder aus dem Papierkorb zurückholen.</translation>
  </message>
  <message>
   <source>Import the model that made it: “astroview models import”.</source>
   <translation>Das Modell importieren, das es gemacht hat: „astroview models import“.</translation>
  </message>
  <message>
   <source>In saved files too</source>
   <translation>Auch in gespeicherten Dateien</translation>
  </message>
  <message>
   <source>In the queue</source>
   <translation>In der Warteschlange</translation>
  </message>
  <message>
   <source>In the run folder, in tensorboard/</source>
   <translation>Im Laufordner, in tensorboard/</translation>
  </message>
  <message>
   <source>In which coordinates the numbers are read</source>
   <translation>In welchen Koordinaten die Zahlen gelesen werden</translation>
  </message>
  <message>
   <source>Inferno</source>
   <translation>Inferno</translation>
  </message>
  <message>
   <source>Inner radius</source>
   <translation>Innerer Radius</translation>
  </message>
  <message>
   <source>Inner radius of the ring of sky, in pixels</source>
   <translation>Innerer Radius des Himmelsrings, in Pixeln</translation>
  </message>
  <message>
   <source>Input</source>
   <translation>Eingabe</translation>
  </message>
  <message>
   <source>Install astroview again.</source>
   <translation>astroview noch einmal installieren.</translation>
  </message>
  <message>
   <source>Install astroview into an environment of its own: python -m venv sky, then sky/bin/{install}</source>
   <translation>Installieren Sie astroview in eine eigene Umgebung: python -m venv sky, dann sky/bin/{install}</translation>
  </message>
  <message>
   <source>Install that version, or ask for an older file.</source>
   <translation>Diese Version installieren oder um eine ältere Datei bitten.</translation>
  </message>
  <message>
   <source>Install the same version everywhere.</source>
   <translation>Überall dieselbe Version installieren.</translation>
  </message>
  <message>
   <source>Install the same version of astroview, and the same models, everywhere.</source>
   <translation>Überall dieselbe Version von astroview und dieselben Modelle installieren.</translation>
  </message>
  <message>
   <source>Interrupted</source>
   <translation>Unterbrochen</translation>
  </message>
  <message>
   <source>Invert</source>
   <translation>Umkehren</translation>
  </message>
  <message>
   <source>Invert: dark stars on a bright sky (I)</source>
   <translation>Umkehren: dunkle Sterne auf hellem Himmel (I)</translation>
  </message>
  <message>
   <source>Is it a picture of the same field? A WCS in both files settles where it lies.</source>
   <translation>Ist es ein Bild desselben Feldes? Ein WCS in beiden Dateien klärt, wo es liegt.</translation>
  </message>
  <message>
   <source>Is the disk full?</source>
   <translation>Ist die Platte voll?</translation>
  </message>
  <message>
   <source>Is there a connection to the internet? A colour picture on this disk does as well.</source>
   <translation>Besteht eine Verbindung zum Internet? Ein Farbbild auf diesem Rechner tut es auch.</translation>
  </message>
  <message>
   <source>Is there a connection to the internet? What was fetched is kept; trying again goes on from there.</source>
   <translation>Besteht eine Verbindung zum Internet? Geholtes bleibt erhalten; ein neuer Versuch geht dort weiter.</translation>
  </message>
  <message>
   <source>Is there room, and may you write into {folder}?</source>
   <translation>Ist Platz, und darf in {folder} geschrieben werden?</translation>
  </message>
  <message>
   <source>Is there room, and may you write into {parent}?</source>
   <translation>Ist Platz, und darf in {parent} geschrieben werden?</translation>
  </message>
  <message>
   <source>Is there room, and may you write there?</source>
   <translation>Ist Platz, und darf dort geschrieben werden?</translation>
  </message>
  <message>
   <source>Is {parent} writable, and is there room?</source>
   <translation>Ist {parent} beschreibbar, und ist Platz?</translation>
  </message>
  <message>
   <source>It begins by itself when the run before it has ended.</source>
   <translation>Er beginnt von selbst, wenn der Lauf vor ihm geendet hat.</translation>
  </message>
  <message>
   <source>It can be chosen in View, in Batch, and for further training.</source>
   <translation>Es lässt sich in Ansicht, in Stapel und für weiteres Training wählen.</translation>
  </message>
  <message>
   <source>It can be started later</source>
   <translation>Er lässt sich später starten</translation>
  </message>
  <message>
   <source>It can go on from its last checkpoint.</source>
   <translation>Er kann vom letzten Zwischenstand weitermachen.</translation>
  </message>
  <message>
   <source>It changes when astroview starts again</source>
   <translation>Sie wechselt, wenn astroview wieder startet</translation>
  </message>
  <message>
   <source>It ended without a word.</source>
   <translation>Er endete ohne ein Wort.</translation>
  </message>
  <message>
   <source>It failed without a reason.</source>
   <translation>Gescheitert ohne Angabe eines Grundes.</translation>
  </message>
  <message>
   <source>It has HDUs 0 to {count}.</source>
   <translation>Sie hat die HDUs 0 bis {count}.</translation>
  </message>
  <message>
   <source>It has changed since it was opened, or its drive is gone; open it again.</source>
   <translation>Sie wurde seit dem Öffnen geändert, oder ihr Laufwerk ist fort; noch einmal öffnen.</translation>
  </message>
  <message>
   <source>It has images 0 to {count}.</source>
   <translation>Sie hat die Bilder 0 bis {count}.</translation>
  </message>
  <message>
   <source>It has linear, sqrt, squared, log, power, asinh and sinh of astropy.visualization.</source>
   <translation>Es hat linear, sqrt, squared, log, power, asinh und sinh von astropy.visualization.</translation>
  </message>
  <message>
   <source>It has no sky coordinates (WCS).</source>
   <translation>Es hat keine Himmelskoordinaten (WCS).</translation>
  </message>
  <message>
   <source>It has no text for {missing}.</source>
   <translation>Es hat keinen Text für {missing}.</translation>
  </message>
  <message>
   <source>It has nothing of this field</source>
   <translation>Sie hat nichts von diesem Feld</translation>
  </message>
  <message>
   <source>It has pages 0 to {count}.</source>
   <translation>Sie hat die Seiten 0 bis {count}.</translation>
  </message>
  <message>
   <source>It has pictures 0 to {count}.</source>
   <translation>Sie hat die Bilder 0 bis {count}.</translation>
  </message>
  <message>
   <source>It has planes 0 to {planes}.</source>
   <translation>Sie hat die Ebenen 0 bis {planes}.</translation>
  </message>
  <message>
   <source>It has: {known}.</source>
   <translation>Es gibt: {known}.</translation>
  </message>
  <message>
   <source>It is a TOML file with a table [tune].</source>
   <translation>Es ist eine TOML-Datei mit einer Tabelle [tune].</translation>
  </message>
  <message>
   <source>It is blank or saturated there; choose another survey or picture.</source>
   <translation>Es ist dort leer oder gesättigt; eine andere Durchmusterung oder ein anderes Bild wählen.</translation>
  </message>
  <message>
   <source>It is of {other_format}.</source>
   <translation>Es ist von {other_format}.</translation>
  </message>
  <message>
   <source>It knows {architectures}; a newer astroview may know more.</source>
   <translation>Sie kennt {architectures}; ein neueres astroview kennt vielleicht mehr.</translation>
  </message>
  <message>
   <source>It may be down or have changed; try again later, or another survey.</source>
   <translation>Vielleicht ruht er oder wurde geändert; später noch einmal versuchen oder eine andere Durchmusterung.</translation>
  </message>
  <message>
   <source>It may be down, or a network log-in stands between; try again later.</source>
   <translation>Vielleicht ist er außer Betrieb, oder eine Netzanmeldung steht dazwischen; später noch einmal versuchen.</translation>
  </message>
  <message>
   <source>It measured the colour of {share:.0%} of the frame.</source>
   <translation>Es hat die Farbe von {share:.0%} des Bildes gemessen.</translation>
  </message>
  <message>
   <source>It needs a WCS.</source>
   <translation>Dazu braucht es ein WCS.</translation>
  </message>
  <message>
   <source>It needs a first line “low,high” and a line with two files for each pair.</source>
   <translation>Sie braucht eine erste Zeile „low,high“ und für jedes Paar eine Zeile mit zwei Dateien.</translation>
  </message>
  <message>
   <source>It reads FITS, XISF, TIFF, PNG, JPEG, WebP, AVIF and JPEG XL.</source>
   <translation>Es liest FITS, XISF, TIFF, PNG, JPEG, WebP, AVIF und JPEG XL.</translation>
  </message>
  <message>
   <source>It was looked for in {parent}.</source>
   <translation>Gesucht wurde in {parent}.</translation>
  </message>
  <message>
   <source>It was stopped.</source>
   <translation>Es wurde angehalten.</translation>
  </message>
  <message>
   <source>It was to train no further before all folds were trained: only those that are judge, if any.</source>
   <translation>Das Training wurde beendet, ehe alle Teile trainiert waren: Es urteilen nur die fertigen, falls es welche gibt.</translation>
  </message>
  <message>
   <source>Its MANIFEST.csv must name in the column “of” the picture that each one shows.</source>
   <translation>Seine MANIFEST.csv muss in der Spalte „of“ das Bild nennen, das jedes zeigt.</translation>
  </message>
  <message>
   <source>Its card.json is missing or damaged; copy the model folder again.</source>
   <translation>Seine card.json fehlt oder ist beschädigt; den Modellordner noch einmal kopieren.</translation>
  </message>
  <message>
   <source>Its corners lie beyond what its coordinates cover.</source>
   <translation>Seine Ecken liegen außerhalb dessen, was seine Koordinaten abdecken.</translation>
  </message>
  <message>
   <source>Its data may be in another file.</source>
   <translation>Seine Daten liegen vielleicht in einer anderen Datei.</translation>
  </message>
  <message>
   <source>Its files stay in the run folder until you remove the run.</source>
   <translation>Seine Dateien bleiben im Laufordner, bis der Lauf entfernt wird.</translation>
  </message>
  <message>
   <source>Its frames, and those of its sub-folders, are shown as small pictures: rate, tag and reject them by the keyboard, sort and filter them by what their headers say and by S/N, seeing and outlier score, and send what is good to View, Batch or Train. Nothing is written into the folder.</source>
   <translation>Seine Aufnahmen und die seiner Unterordner erscheinen als kleine Bilder: Bewerten, verschlagworten und verwerfen Sie sie mit der Tastatur, ordnen und filtern Sie sie nach ihren Kopfdaten, nach Signal/Rauschen, Seeing und Auffälligkeit, und geben Sie weiter, was gut ist. In den Ordner wird nichts geschrieben.</translation>
  </message>
  <message>
   <source>Its images are chosen like HDUs.</source>
   <translation>Ihre Bilder werden wie HDUs gewählt.</translation>
  </message>
  <message>
   <source>Its images may be in other files; open those.</source>
   <translation>Ihre Bilder liegen vielleicht in anderen Dateien; öffnen Sie diese.</translation>
  </message>
  <message>
   <source>Its parent's weights begin with sha256 {sha256}; import those.</source>
   <translation>Die Gewichte des Ursprungs beginnen mit sha256 {sha256}; diese importieren.</translation>
  </message>
  <message>
   <source>Its pixels count in no other region's statistics</source>
   <translation>Ihre Pixel zählen in keiner Statistik einer anderen Region</translation>
  </message>
  <message>
   <source>Its positions are in the system “{told}”, which is not turned into ICRS here</source>
   <translation>Seine Positionen sind im System „{told}“, das hier nicht nach ICRS gedreht wird</translation>
  </message>
  <message>
   <source>Its process is gone.</source>
   <translation>Sein Prozess ist fort.</translation>
  </message>
  <message>
   <source>Its {name} has more than {most:,} letters.</source>
   <translation>{name} darin hat mehr als {most:,} Buchstaben.</translation>
  </message>
  <message>
   <source>JPEG</source>
   <translation>JPEG</translation>
  </message>
  <message>
   <source>JPEG blocks</source>
   <translation>JPEG-Blöcke</translation>
  </message>
  <message>
   <source>JPEG picture (*.jpg)</source>
   <translation>JPEG-Bild (*.jpg)</translation>
  </message>
  <message>
   <source>James Webb</source>
   <translation>James Webb</translation>
  </message>
  <message>
   <source>Judged by {folds}-fold over {targets} targets, each under a model that learnt from the other folds alone; the tuned model learnt as long, from all.</source>
   <translation>Kreuzvalidiert in {folds} Teilen über {targets} Ziele, jedes unter einem Modell, das nur aus den anderen Teilen lernte; das abgestimmte Modell lernte ebenso lange, aus allen.</translation>
  </message>
  <message>
   <source>Judging</source>
   <translation>Wird beurteilt</translation>
  </message>
  <message>
   <source>Judging by folds</source>
   <translation>Kreuzvalidierung</translation>
  </message>
  <message>
   <source>Keep</source>
   <translation>Behalten</translation>
  </message>
  <message>
   <source>Keep a checkpoint and end; Resume goes on later</source>
   <translation>Einen Zwischenstand behalten und enden; Fortsetzen macht später weiter</translation>
  </message>
  <message>
   <source>Keep a checkpoint and end; it can be resumed</source>
   <translation>Einen Zwischenstand behalten und enden; er lässt sich fortsetzen</translation>
  </message>
  <message>
   <source>Keep as region</source>
   <translation>Als Region behalten</translation>
  </message>
  <message>
   <source>Keep colours</source>
   <translation>Farben behalten</translation>
  </message>
  <message>
   <source>Keep flagged pixels from networks</source>
   <translation>Markierte Pixel von Netzen fernhalten</translation>
  </message>
  <message>
   <source>Keep it after all</source>
   <translation>Doch behalten</translation>
  </message>
  <message>
   <source>Keep running</source>
   <translation>Weiterlaufen lassen</translation>
  </message>
  <message>
   <source>Keep the line, box or star as a region</source>
   <translation>Linie, Rechteck oder Stern als Region behalten</translation>
  </message>
  <message>
   <source>Keep the mark as a region (K)</source>
   <translation>Die Marke als Region behalten (K)</translation>
  </message>
  <message>
   <source>Keep the model</source>
   <translation>Das Modell behalten</translation>
  </message>
  <message>
   <source>Keep the sampling</source>
   <translation>Auflösung behalten</translation>
  </message>
  <message>
   <source>Keep training</source>
   <translation>Weiter trainieren</translation>
  </message>
  <message>
   <source>Keep working</source>
   <translation>Weiterarbeiten</translation>
  </message>
  <message>
   <source>Kept sessions, at most</source>
   <translation>Behaltene Sitzungen, höchstens</translation>
  </message>
  <message>
   <source>Kept: “{name}” is on your shelf, and can be chosen everywhere.</source>
   <translation>Behalten: „{name}“ steht im Regal und lässt sich überall wählen.</translation>
  </message>
  <message>
   <source>Keyboard shortcuts</source>
   <translation>Tastenkürzel</translation>
  </message>
  <message>
   <source>Keys</source>
   <translation>Tasten</translation>
  </message>
  <message>
   <source>Kind</source>
   <translation>Art</translation>
  </message>
  <message>
   <source>Known are {surveys}, hips:ID and skyview:NAME.</source>
   <translation>Bekannt sind {surveys}, hips:ID und skyview:NAME.</translation>
  </message>
  <message>
   <source>Known models: {known}.</source>
   <translation>Bekannte Modelle: {known}.</translation>
  </message>
  <message>
   <source>Laid on other frames by the sky</source>
   <translation>Über den Himmel auf andere Bilder gelegt</translation>
  </message>
  <message>
   <source>Language</source>
   <translation>Sprache</translation>
  </message>
  <message>
   <source>Larger pictures</source>
   <translation>Größere Bilder</translation>
  </message>
  <message>
   <source>Lay other frames</source>
   <translation>Andere Bilder ausrichten</translation>
  </message>
  <message>
   <source>Laying frames on each other</source>
   <translation>Lege Aufnahmen aufeinander</translation>
  </message>
  <message>
   <source>Learn from the selected frames, or from all on show</source>
   <translation>Aus den gewählten Aufnahmen lernen, oder aus allen gezeigten</translation>
  </message>
  <message>
   <source>Learning rate; 0 takes the method's own</source>
   <translation>Lernrate; 0 nimmt die des Verfahrens</translation>
  </message>
  <message>
   <source>Learns less and forgets less; needs little memory</source>
   <translation>Lernt weniger und vergisst weniger; braucht wenig Speicher</translation>
  </message>
  <message>
   <source>Learns most; the file is as large as the base model's</source>
   <translation>Lernt am meisten; die Datei ist so groß wie die des Ausgangsmodells</translation>
  </message>
  <message>
   <source>Leave</source>
   <translation>Verlassen</translation>
  </message>
  <message>
   <source>Leave URLs off, or --watch.</source>
   <translation>URLs weglassen, oder --watch.</translation>
  </message>
  <message>
   <source>Leave out</source>
   <translation>Auslassen</translation>
  </message>
  <message>
   <source>Leave scale at 2, or colorize on.</source>
   <translation>scale bei 2 lassen oder colorize an.</translation>
  </message>
  <message>
   <source>Leave the choice off.</source>
   <translation>Die Wahl weglassen.</translation>
  </message>
  <message>
   <source>Leave the noise out</source>
   <translation>Rauschen weglassen</translation>
  </message>
  <message>
   <source>Leave the queue</source>
   <translation>Die Warteschlange verlassen</translation>
  </message>
  <message>
   <source>Leave the selected frames out</source>
   <translation>Ausgewählte Bilder auslassen</translation>
  </message>
  <message>
   <source>Leaving noise out</source>
   <translation>Rauschen wird weggelassen</translation>
  </message>
  <message>
   <source>Left</source>
   <translation>Bleibt</translation>
  </message>
  <message>
   <source>Left out by you</source>
   <translation>Von Hand ausgelassen</translation>
  </message>
  <message>
   <source>Left-drag is for regions; middle-click centres</source>
   <translation>Linksziehen für Regionen; Mittelklick zentriert</translation>
  </message>
  <message>
   <source>Left-drag moves the picture</source>
   <translation>Linksziehen verschiebt das Bild</translation>
  </message>
  <message>
   <source>Length</source>
   <translation>Länge</translation>
  </message>
  <message>
   <source>Less is better</source>
   <translation>Weniger ist besser</translation>
  </message>
  <message>
   <source>Let TMPDIR name a folder with room that you may write to.</source>
   <translation>TMPDIR auf einen beschreibbaren Ordner mit Platz zeigen lassen.</translation>
  </message>
  <message>
   <source>Let the colorizer paint the small pictures, those in view first</source>
   <translation>Die kleinen Bilder vom Netz ausmalen lassen, zuerst die sichtbaren</translation>
  </message>
  <message>
   <source>Levels, with blanks between them</source>
   <translation>Werte, mit Leerzeichen dazwischen</translation>
  </message>
  <message>
   <source>Licence</source>
   <translation>Lizenz</translation>
  </message>
  <message>
   <source>Licences</source>
   <translation>Lizenzen</translation>
  </message>
  <message>
   <source>Lifts faint light ({what})</source>
   <translation>Hebt schwaches Licht an ({what})</translation>
  </message>
  <message>
   <source>Light</source>
   <translation>Hell</translation>
  </message>
  <message>
   <source>Light curve</source>
   <translation>Lichtkurve</translation>
  </message>
  <message>
   <source>Lightbox</source>
   <translation>Leuchttisch</translation>
  </message>
  <message>
   <source>Likeness of structures, 1 for the same; more is better</source>
   <translation>Ähnlichkeit der Strukturen, 1 bei gleichen; mehr ist besser</translation>
  </message>
  <message>
   <source>Likeness to the truth, pixel by pixel, in dB; more is better</source>
   <translation>Ähnlichkeit mit der Wahrheit, Pixel für Pixel, in dB; mehr ist besser</translation>
  </message>
  <message>
   <source>Limits</source>
   <translation>Grenzen</translation>
  </message>
  <message>
   <source>Limits at two percentiles of the samples</source>
   <translation>Grenzen bei zwei Perzentilen der Werte</translation>
  </message>
  <message>
   <source>Limits of what is seen</source>
   <translation>Grenzen des Sichtbaren</translation>
  </message>
  <message>
   <source>Line</source>
   <translation>Linie</translation>
  </message>
  <message>
   <source>Line cut</source>
   <translation>Schnitt entlang einer Linie</translation>
  </message>
  <message>
   <source>Line cut (L)</source>
   <translation>Schnitt entlang einer Linie (L)</translation>
  </message>
  <message>
   <source>Linear</source>
   <translation>Linear</translation>
  </message>
  <message>
   <source>Lines of equal right ascension and declination</source>
   <translation>Linien gleicher Rektaszension und Deklination</translation>
  </message>
  <message>
   <source>Lines of equal value</source>
   <translation>Linien gleichen Werts</translation>
  </message>
  <message>
   <source>Lines through the place under the mouse, in every picture</source>
   <translation>Linien durch die Stelle unter der Maus, in jedem Bild</translation>
  </message>
  <message>
   <source>Linked</source>
   <translation>Gekoppelt</translation>
  </message>
  <message>
   <source>Listing {name} …</source>
   <translation>Liste {name} auf …</translation>
  </message>
  <message numerus="yes">
   <source>Listing {what} … {count:,} frames</source>
   <translation>
    <numerusform>Liste {what} auf … {count} Aufnahme</numerusform>
    <numerusform>Liste {what} auf … {count:,} Aufnahmen</numerusform>
   </translation>
  </message>
  <message>
   <source>Load a colour map</source>
   <translation>Farbtafel laden</translation>
  </message>
  <message>
   <source>Load colour map …</source>
   <translation>Farbtafel laden …</translation>
  </message>
  <message>
   <source>Log</source>
   <translation>Log</translation>
  </message>
  <message>
   <source>Look</source>
   <translation>Ansehen</translation>
  </message>
  <message>
   <source>Look and measure: stretches, colour maps, coordinates, profiles, regions, catalogues.</source>
   <translation>Schauen und messen: Streckungen, Farbtafeln, Koordinaten, Profile, Regionen, Kataloge.</translation>
  </message>
  <message>
   <source>Look at frames</source>
   <translation>Bilder ansehen</translation>
  </message>
  <message>
   <source>Look at in View</source>
   <translation>Ansehen</translation>
  </message>
  <message>
   <source>Look for broken pictures in the data, or begin from another model.</source>
   <translation>In den Daten nach kaputten Bildern suchen oder von einem anderen Modell ausgehen.</translation>
  </message>
  <message>
   <source>Look through in the Lightbox</source>
   <translation>Im Leuchttisch durchsehen</translation>
  </message>
  <message>
   <source>Looked at in four windows of the frame.</source>
   <translation>In vier Fenstern der Aufnahme angesehen.</translation>
  </message>
  <message>
   <source>Looking at a sample of the field</source>
   <translation>Betrachte einen Ausschnitt des Feldes</translation>
  </message>
  <message>
   <source>Looking at every pixel …</source>
   <translation>Jedes Pixel wird angesehen …</translation>
  </message>
  <message>
   <source>Looking at the frames …</source>
   <translation>Bilder werden angesehen …</translation>
  </message>
  <message>
   <source>Looking for frames …</source>
   <translation>Bilder werden gesucht …</translation>
  </message>
  <message>
   <source>Looking for frames … {count:,} so far</source>
   <translation>Bilder werden gesucht … bisher {count:,}</translation>
  </message>
  <message>
   <source>Looking for frames … {frames} so far</source>
   <translation>Bilder werden gesucht … bisher {frames}</translation>
  </message>
  <message>
   <source>Looking through the folder</source>
   <translation>Der Ordner wird durchgesehen</translation>
  </message>
  <message>
   <source>Low-rank adapter</source>
   <translation>Adapter niedrigen Rangs</translation>
  </message>
  <message>
   <source>M101, or RA and Dec in degrees</source>
   <translation>M101, oder RA und Dec in Grad</translation>
  </message>
  <message>
   <source>MJD - {start:.0f}</source>
   <translation>MJD − {start:.0f}</translation>
  </message>
  <message>
   <source>MTF (autostretch)</source>
   <translation>MTF (Autostretch)</translation>
  </message>
  <message>
   <source>Made by a network</source>
   <translation>Von einem Netz gemacht</translation>
  </message>
  <message>
   <source>Magenta</source>
   <translation>Magenta</translation>
  </message>
  <message>
   <source>Magma</source>
   <translation>Magma</translation>
  </message>
  <message>
   <source>Magnifier</source>
   <translation>Lupe</translation>
  </message>
  <message>
   <source>Magnifies</source>
   <translation>Vergrößert</translation>
  </message>
  <message>
   <source>Magnitudes</source>
   <translation>Helligkeiten (mag)</translation>
  </message>
  <message>
   <source>Make a picture of these planes</source>
   <translation>Aus diesen Ebenen ein Bild machen</translation>
  </message>
  <message>
   <source>Make an image of them first, for example with CASA or AIPS.</source>
   <translation>Erst ein Bild daraus machen, etwa mit CASA oder AIPS.</translation>
  </message>
  <message>
   <source>Make it first.</source>
   <translation>Erst anlegen.</translation>
  </message>
  <message>
   <source>Make room on the disk that holds temporary files.</source>
   <translation>Platz schaffen, wo temporäre Dateien liegen.</translation>
  </message>
  <message>
   <source>Make room there and resume the run: the last checkpoint is kept.</source>
   <translation>Dort Platz schaffen und den Lauf fortsetzen: Der letzte Zwischenstand bleibt erhalten.</translation>
  </message>
  <message>
   <source>Make room, allow writing, or choose another folder with --out.</source>
   <translation>Platz schaffen, Schreiben erlauben oder mit --out einen anderen Ordner wählen.</translation>
  </message>
  <message>
   <source>Make room, or choose another folder.</source>
   <translation>Platz schaffen oder einen anderen Ordner wählen.</translation>
  </message>
  <message>
   <source>Make room, or let TMPDIR name a folder on a larger disk.</source>
   <translation>Platz schaffen oder TMPDIR auf einen Ordner eines größeren Laufwerks zeigen lassen.</translation>
  </message>
  <message>
   <source>Make them anew from the folder of pictures.</source>
   <translation>Machen Sie sie aus dem Ordner mit Bildern neu.</translation>
  </message>
  <message>
   <source>Manual</source>
   <translation>Von Hand</translation>
  </message>
  <message>
   <source>Many frames of one field on a finer grid</source>
   <translation>Viele Aufnahmen eines Feldes auf feinerem Raster</translation>
  </message>
  <message>
   <source>Many hues</source>
   <translation>Viele Farbtöne</translation>
  </message>
  <message>
   <source>Mark missing data</source>
   <translation>Fehlende Daten zeigen</translation>
  </message>
  <message>
   <source>Mark saturated pixels in red (X)</source>
   <translation>Gesättigte Pixel rot zeigen (X)</translation>
  </message>
  <message>
   <source>Mark saturated pixels, from {level}, in red (X)</source>
   <translation>Gesättigte Pixel, ab {level}, rot zeigen (X)</translation>
  </message>
  <message>
   <source>Mark saturation</source>
   <translation>Sättigung zeigen</translation>
  </message>
  <message>
   <source>Mark what is no measurement: no data, cosmic rays, dead pixels (N)</source>
   <translation>Markieren, was keine Messung ist: keine Daten, kosmische Strahlung, tote Pixel (N)</translation>
  </message>
  <message>
   <source>Maximum</source>
   <translation>Maximum</translation>
  </message>
  <message>
   <source>May you read it?</source>
   <translation>Darf sie gelesen werden?</translation>
  </message>
  <message>
   <source>Mean</source>
   <translation>Mittel</translation>
  </message>
  <message>
   <source>Mean difference of pixels; less is better</source>
   <translation>Mittlerer Unterschied der Pixel; weniger ist besser</translation>
  </message>
  <message>
   <source>Mean over the chosen region</source>
   <translation>Mittel über die gewählte Region</translation>
  </message>
  <message>
   <source>Mean, 3σ clipped</source>
   <translation>Mittel, 3σ gekappt</translation>
  </message>
  <message>
   <source>Means of pixels</source>
   <translation>Mittel der Pixel</translation>
  </message>
  <message>
   <source>Means of the result over pixels, less what was measured</source>
   <translation>Mittel des Ergebnisses über Pixel, weniger dem Gemessenen</translation>
  </message>
  <message>
   <source>Means over pixels are within {worst} sigma of what was measured.</source>
   <translation>Mittel über Pixel liegen innerhalb von {worst} Sigma des Gemessenen.</translation>
  </message>
  <message>
   <source>Measure</source>
   <translation>Messen</translation>
  </message>
  <message>
   <source>Measure S/N and seeing</source>
   <translation>Signal/Rauschen und Seeing messen</translation>
  </message>
  <message>
   <source>Measure a line, a box or a star first.</source>
   <translation>Erst eine Linie, ein Rechteck oder einen Stern messen.</translation>
  </message>
  <message>
   <source>Measured colour</source>
   <translation>Gemessene Farbe</translation>
  </message>
  <message>
   <source>Measured on colours that a network painted: not for photometry.</source>
   <translation>Gemessen an Farben, die ein Netz gemalt hat: nicht für die Photometrie.</translation>
  </message>
  <message>
   <source>Measured on samples whose noise a network left out: not for photometry. A stack keeps what was measured as its HDU MEASURED.</source>
   <translation>An Werten gemessen, deren Rauschen ein Netz weggelassen hat: nicht für Photometrie. Eine Kombination behält das Gemessene als HDU MEASURED.</translation>
  </message>
  <message>
   <source>Measured on super-resolved samples. A network guessed their detail: not for photometry. Show the original to measure that.</source>
   <translation>Gemessen an hochaufgelösten Werten. Ihre Einzelheiten hat ein Netz vermutet: nicht für Photometrie. Zum Messen das Original zeigen.</translation>
  </message>
  <message>
   <source>Measured on texture that a network painted: illustrative, not for measurement. Show the original to measure that.</source>
   <translation>Gemessen an Textur, die ein Netz gemalt hat: illustrativ, nicht zum Messen. Zum Messen das Original zeigen.</translation>
  </message>
  <message>
   <source>Measured on the mean of red, green and blue.</source>
   <translation>Gemessen am Mittel von Rot, Grün und Blau.</translation>
  </message>
  <message>
   <source>Measuring stars</source>
   <translation>Vermesse Sterne</translation>
  </message>
  <message>
   <source>Measuring: {done:,} of {of:,} frames</source>
   <translation>Messe: {done:,} von {of:,} Aufnahmen</translation>
  </message>
  <message>
   <source>Median</source>
   <translation>Median</translation>
  </message>
  <message>
   <source>Median sky</source>
   <translation>Median des Himmels</translation>
  </message>
  <message>
   <source>Median, 3σ clipped</source>
   <translation>Median, 3σ gekappt</translation>
  </message>
  <message>
   <source>Memory</source>
   <translation>Speicher</translation>
  </message>
  <message>
   <source>Memory and disk</source>
   <translation>Speicher und Platte</translation>
  </message>
  <message>
   <source>Memory of a batch, at most</source>
   <translation>Speicher eines Stapels, höchstens</translation>
  </message>
  <message>
   <source>Method</source>
   <translation>Verfahren</translation>
  </message>
  <message>
   <source>Method, rates, seed and more</source>
   <translation>Verfahren, Raten, Startzahl und mehr</translation>
  </message>
  <message>
   <source>Middle click</source>
   <translation>Mittelklick</translation>
  </message>
  <message>
   <source>Min – max</source>
   <translation>Min – Max</translation>
  </message>
  <message>
   <source>Minimum</source>
   <translation>Minimum</translation>
  </message>
  <message>
   <source>Mirror left to right</source>
   <translation>Links–rechts spiegeln</translation>
  </message>
  <message>
   <source>Mirror top to bottom</source>
   <translation>Oben–unten spiegeln</translation>
  </message>
  <message>
   <source>Model</source>
   <translation>Modell</translation>
  </message>
  <message>
   <source>Model for colour</source>
   <translation>Modell für Farbe</translation>
  </message>
  <message>
   <source>Model to sharpen</source>
   <translation>Modell zum Schärfen</translation>
  </message>
  <message>
   <source>Models ({kinds})</source>
   <translation>Modelle ({kinds})</translation>
  </message>
  <message>
   <source>Models of others</source>
   <translation>Modelle anderer</translation>
  </message>
  <message>
   <source>Models that you tuned or imported can be changed.</source>
   <translation>Ändern lassen sich selbst abgestimmte und importierte Modelle.</translation>
  </message>
  <message>
   <source>Moffat</source>
   <translation>Moffat</translation>
  </message>
  <message>
   <source>Moment 0 (integral)</source>
   <translation>Moment 0 (Integral)</translation>
  </message>
  <message>
   <source>Moment 1 (mean value)</source>
   <translation>Moment 1 (Mittelwert)</translation>
  </message>
  <message>
   <source>Moment 2 (variance)</source>
   <translation>Moment 2 (Varianz)</translation>
  </message>
  <message>
   <source>Mosaic by detector</source>
   <translation>Mosaik nach dem Detektor</translation>
  </message>
  <message>
   <source>Mosaic by sky</source>
   <translation>Mosaik nach dem Himmel</translation>
  </message>
  <message>
   <source>Mosaic of {count} HDUs by their WCS: each place shows the nearest pixel of one of them.</source>
   <translation>Mosaik aus {count} HDUs nach ihrem WCS: Jede Stelle zeigt das nächste Pixel einer von ihnen.</translation>
  </message>
  <message>
   <source>Mosaic of {count} HDUs by their sections of the detector.</source>
   <translation>Mosaik aus {count} HDUs nach ihren Ausschnitten des Detektors.</translation>
  </message>
  <message>
   <source>Mosaic of {count} HDUs by their sections of the detector. Each has a sky of its own, which the read-out tells.</source>
   <translation>Mosaik aus {count} HDUs nach ihren Ausschnitten des Detektors. Jede hat ihren eigenen Himmel, den die Anzeige unter dem Zeiger nennt.</translation>
  </message>
  <message>
   <source>Mostly no data</source>
   <translation>Meist ohne Daten</translation>
  </message>
  <message>
   <source>Mouse</source>
   <translation>Maus</translation>
  </message>
  <message>
   <source>Move it nearer.</source>
   <translation>Rücken Sie sie näher heran.</translation>
  </message>
  <message>
   <source>Move the picture (as in DS9: middle-drag)</source>
   <translation>Bild verschieben (wie in DS9: mit der Mitteltaste)</translation>
  </message>
  <message>
   <source>Move to centroid</source>
   <translation>Auf den Schwerpunkt rücken</translation>
  </message>
  <message>
   <source>Move to top</source>
   <translation>Nach oben</translation>
  </message>
  <message>
   <source>Move with the first window</source>
   <translation>Mit dem ersten Fenster bewegen</translation>
  </message>
  <message>
   <source>Name</source>
   <translation>Name</translation>
  </message>
  <message>
   <source>Name a file or a folder.</source>
   <translation>Eine Datei oder einen Ordner nennen.</translation>
  </message>
  <message>
   <source>Name a folder that says where it is from.</source>
   <translation>Nennen Sie einen Ordner, der sagt, woher er kommt.</translation>
  </message>
  <message>
   <source>Name a run of an adversarial recipe.</source>
   <translation>Einen Lauf eines Rezepts mit Kritiker nennen.</translation>
  </message>
  <message>
   <source>Name a target and choose a survey. Frames come one after the other; whom to thank for them is kept in manifest.csv beside them.</source>
   <translation>Ein Ziel nennen und eine Durchmusterung wählen. Die Bilder kommen nacheinander; wem dafür zu danken ist, steht daneben in manifest.csv.</translation>
  </message>
  <message>
   <source>Name both, such as superres-x2+colorizer, or a combined model.</source>
   <translation>Beide nennen, etwa superres-x2+colorizer, oder ein kombiniertes Modell.</translation>
  </message>
  <message>
   <source>Name it: astroview verify RESULT ORIGINAL.</source>
   <translation>Es nennen: astroview verify ERGEBNIS ORIGINAL.</translation>
  </message>
  <message>
   <source>Name of a batch's results</source>
   <translation>Name der Ergebnisse eines Stapels</translation>
  </message>
  <message>
   <source>Name of an object (asked of Sesame, CDS)</source>
   <translation>Name eines Objekts (gefragt wird Sesame, CDS)</translation>
  </message>
  <message>
   <source>Name of the results</source>
   <translation>Name der Ergebnisse</translation>
  </message>
  <message>
   <source>Name of the results. {stem}: the frame's own name; {method}: colour, superres or combined; {scale}: x1, x2; also {palette} and {folder}</source>
   <translation>Name der Ergebnisse. {stem}: der Name des Bildes; {method}: colour, superres oder combined; {scale}: x1, x2; auch {palette} und {folder}</translation>
  </message>
  <message>
   <source>Name of the run</source>
   <translation>Name des Laufs</translation>
  </message>
  <message>
   <source>Name one of the frames as the reference.</source>
   <translation>Nennen Sie eine der Aufnahmen als Referenz.</translation>
  </message>
  <message>
   <source>Name one that is.</source>
   <translation>Eines nennen, das es ist.</translation>
  </message>
  <message>
   <source>Name one; it may be empty.</source>
   <translation>Einen nennen; er darf leer sein.</translation>
  </message>
  <message>
   <source>Name such a folder with --out, or leave --bands off.</source>
   <translation>Einen solchen Ordner mit --out nennen oder --bands weglassen.</translation>
  </message>
  <message>
   <source>Name the file that it was made from.</source>
   <translation>Die Datei nennen, aus der es gemacht wurde.</translation>
  </message>
  <message>
   <source>Name them ra and dec, in degrees.</source>
   <translation>Sie ra und dec nennen, in Grad.</translation>
  </message>
  <message>
   <source>Names of groups, with commas between</source>
   <translation>Namen von Gruppen, mit Kommas dazwischen</translation>
  </message>
  <message>
   <source>Names to take, such as *.fits; several with spaces between. Empty: every frame</source>
   <translation>Namen, die genommen werden, etwa *.fits; mehrere durch Leerzeichen getrennt. Leer: jedes Bild</translation>
  </message>
  <message>
   <source>Natural, faint</source>
   <translation>Natürlich, zart</translation>
  </message>
  <message>
   <source>Near copy</source>
   <translation>Fast gleich</translation>
  </message>
  <message>
   <source>Neither header nor data type tell from where on pixels are saturated</source>
   <translation>Weder Header noch Datentyp sagen, ab wann Pixel gesättigt sind</translation>
  </message>
  <message>
   <source>Neither turned nor mirrored</source>
   <translation>Weder gedreht noch gespiegelt</translation>
  </message>
  <message>
   <source>Network</source>
   <translation>Netz</translation>
  </message>
  <message>
   <source>Never stops early</source>
   <translation>Hört nie vorzeitig auf</translation>
  </message>
  <message>
   <source>New frames</source>
   <translation>Neue Bilder</translation>
  </message>
  <message>
   <source>New key</source>
   <translation>Neue Taste</translation>
  </message>
  <message>
   <source>New run</source>
   <translation>Neuer Lauf</translation>
  </message>
  <message>
   <source>New run like this</source>
   <translation>Neuer Lauf wie dieser</translation>
  </message>
  <message>
   <source>Next colour map</source>
   <translation>Nächste Farbtafel</translation>
  </message>
  <message>
   <source>Next frame</source>
   <translation>Nächstes Bild</translation>
  </message>
  <message>
   <source>Next plane</source>
   <translation>Nächste Ebene</translation>
  </message>
  <message>
   <source>Next, previous frame (on the picture)</source>
   <translation>Nächstes, voriges Bild (auf dem Bild)</translation>
  </message>
  <message>
   <source>Nine of ten true values lie within this of the result's samples.</source>
   <translation>Neun von zehn wahren Werten liegen so nah an den Werten des Ergebnisses.</translation>
  </message>
  <message>
   <source>No Dask scheduler answers at {address}</source>
   <translation>Kein Dask-Scheduler antwortet unter {address}</translation>
  </message>
  <message>
   <source>No SAMP hub runs on this computer.</source>
   <translation>Auf diesem Rechner läuft kein SAMP-Hub.</translation>
  </message>
  <message>
   <source>No better on {where} than chance explains: {figure}. Not worth keeping.</source>
   <translation>Auf {where} nicht besser, als es der Zufall erklärt: {figure}. Nicht behaltenswert.</translation>
  </message>
  <message>
   <source>No blocks</source>
   <translation>Keine Blöcke</translation>
  </message>
  <message>
   <source>No connected program takes regions: DS9 does.</source>
   <translation>Kein verbundenes Programm nimmt Regionen: DS9 tut es.</translation>
  </message>
  <message>
   <source>No connected program takes the catalogue.</source>
   <translation>Kein verbundenes Programm nimmt den Katalog an.</translation>
  </message>
  <message>
   <source>No connected program takes the image.</source>
   <translation>Kein verbundenes Programm nimmt das Bild an.</translation>
  </message>
  <message>
   <source>No connected program takes the position.</source>
   <translation>Kein verbundenes Programm nimmt den Ort an.</translation>
  </message>
  <message>
   <source>No data (NaN)</source>
   <translation>Ohne Daten (NaN)</translation>
  </message>
  <message>
   <source>No device was tested yet.</source>
   <translation>Noch wurde kein Gerät getestet.</translation>
  </message>
  <message>
   <source>No frame is like that.</source>
   <translation>Kein Bild ist so.</translation>
  </message>
  <message>
   <source>No frame is selected</source>
   <translation>Keine Aufnahme ist gewählt</translation>
  </message>
  <message numerus="yes">
   <source>No frame of those whose headers were read is like that; {count:,} are not read yet.</source>
   <translation>
    <numerusform>Keine Aufnahme, deren Header gelesen ist, ist so; {count} ist noch nicht gelesen.</numerusform>
    <numerusform>Keine Aufnahme, deren Header gelesen ist, ist so; {count:,} sind noch nicht gelesen.</numerusform>
   </translation>
  </message>
  <message>
   <source>No frame on show has it.</source>
   <translation>Kein gezeigtes Bild enthält es.</translation>
  </message>
  <message>
   <source>No frames have been looked at yet</source>
   <translation>Noch wurden keine Bilder angesehen</translation>
  </message>
  <message>
   <source>No key</source>
   <translation>Keine Taste</translation>
  </message>
  <message>
   <source>No models are installed</source>
   <translation>Keine Modelle installiert</translation>
  </message>
  <message>
   <source>No object is known as {name}</source>
   <translation>Kein Objekt ist als {name} bekannt</translation>
  </message>
  <message>
   <source>No open frame shows this star</source>
   <translation>Keine offene Aufnahme zeigt diesen Stern</translation>
  </message>
  <message>
   <source>No palettes came of it</source>
   <translation>Es kamen keine Paletten dabei heraus</translation>
  </message>
  <message>
   <source>No pixel of {name} can be shown: their values are missing, infinite, or beyond what 32 bits hold.</source>
   <translation>Kein Pixel von {name} ist darstellbar: Die Werte fehlen, sind unendlich oder größer, als 32 Bit fassen.</translation>
  </message>
  <message>
   <source>No rating</source>
   <translation>Keine Bewertung</translation>
  </message>
  <message>
   <source>No row of {name} has a position</source>
   <translation>Keine Zeile von {name} hat einen Ort</translation>
  </message>
  <message>
   <source>No single star can be told apart here.</source>
   <translation>Hier lässt sich kein einzelner Stern trennen.</translation>
  </message>
  <message>
   <source>No sources lie on this frame</source>
   <translation>Auf diesem Bild liegen keine Quellen</translation>
  </message>
  <message>
   <source>No star is chosen</source>
   <translation>Kein Stern ist gewählt</translation>
  </message>
  <message>
   <source>No star stands out from the sky here.</source>
   <translation>Hier hebt sich kein Stern vom Himmel ab.</translation>
  </message>
  <message>
   <source>No stars stand out of the sky here</source>
   <translation>Hier ragen keine Sterne aus dem Himmel</translation>
  </message>
  <message>
   <source>No survey, catalogue, name or web address is asked, only this computer</source>
   <translation>Keine Durchmusterung, kein Katalog, kein Name und keine Webadresse wird abgefragt, nur dieser Computer</translation>
  </message>
  <message>
   <source>No two of {count} frames show one field in one filter</source>
   <translation>Keine zwei von {count} Aufnahmen zeigen dasselbe Feld im selben Filter</translation>
  </message>
  <message>
   <source>No two of {count} frames show one field in one filter ({why})</source>
   <translation>Keine zwei von {count} Aufnahmen zeigen dasselbe Feld im selben Filter ({why})</translation>
  </message>
  <message>
   <source>No zero point in the header</source>
   <translation>Kein Nullpunkt im Header</translation>
  </message>
  <message>
   <source>Noise</source>
   <translation>Rauschen</translation>
  </message>
  <message>
   <source>Noise can be left out of the most likely sky at x2 and finer only</source>
   <translation>Rauschen kann nur beim wahrscheinlichsten Himmel ab ×2 weggelassen werden</translation>
  </message>
  <message>
   <source>Noise of the sky</source>
   <translation>Rauschen des Himmels</translation>
  </message>
  <message>
   <source>None</source>
   <translation>Keine</translation>
  </message>
  <message>
   <source>None of it is held out, so that nothing could be scored; add other targets.</source>
   <translation>Nichts davon ist zurückgehalten, so dass nichts bewertet werden könnte; andere Ziele hinzufügen.</translation>
  </message>
  <message>
   <source>North of this frame is not known.</source>
   <translation>Norden ist in diesem Bild nicht bekannt.</translation>
  </message>
  <message>
   <source>North up</source>
   <translation>Norden oben</translation>
  </message>
  <message>
   <source>North up and east left, for every frame with a sky</source>
   <translation>Norden oben und Osten links, für jedes Bild mit Himmel</translation>
  </message>
  <message>
   <source>Not begun</source>
   <translation>Nicht begonnen</translation>
  </message>
  <message>
   <source>Not connected</source>
   <translation>Nicht verbunden</translation>
  </message>
  <message>
   <source>Not on colour that a model painted</source>
   <translation>Nicht auf Farbe, die ein Modell gemalt hat</translation>
  </message>
  <message>
   <source>Not rated</source>
   <translation>Unbewertet</translation>
  </message>
  <message>
   <source>Not rejected</source>
   <translation>Nicht verworfen</translation>
  </message>
  <message>
   <source>Not so where a telescope is measured in the frames.</source>
   <translation>Nicht so, wo in den Aufnahmen ein Teleskop vermessen wird.</translation>
  </message>
  <message>
   <source>Not there any more: {names}{more}</source>
   <translation>Nicht mehr da: {names}{more}</translation>
  </message>
  <message>
   <source>Not used here</source>
   <translation>Hier nicht benutzt</translation>
  </message>
  <message>
   <source>Nothing here can be learnt from</source>
   <translation>Hieraus lässt sich nichts lernen</translation>
  </message>
  <message>
   <source>Nothing is lost: what is done is not done again.</source>
   <translation>Nichts ist verloren: Was fertig ist, wird nicht wiederholt.</translation>
  </message>
  <message>
   <source>Nothing of yours is lost. Enhance again: it starts afresh.</source>
   <translation>Nichts ist verloren. Noch einmal verbessern: Er startet neu.</translation>
  </message>
  <message numerus="yes">
   <source>Nothing stands out in {count} of the chosen regions; they stay.</source>
   <translation>
    <numerusform>In {count} der gewählten Regionen hebt sich nichts ab; sie bleibt.</numerusform>
    <numerusform>In {count} der gewählten Regionen hebt sich nichts ab; sie bleiben.</numerusform>
   </translation>
  </message>
  <message>
   <source>Nothing to speak of was forgotten, on {pictures} bundled pictures: {figure}.</source>
   <translation>Vergessen wurde nichts Nennenswertes, auf {pictures} mitgelieferten Bildern: {figure}.</translation>
  </message>
  <message>
   <source>Nothing was held out to judge by; the parent stays in use.</source>
   <translation>Zum Urteilen wurde nichts zurückgehalten; das Ausgangsmodell bleibt in Gebrauch.</translation>
  </message>
  <message>
   <source>Nothing was imported</source>
   <translation>Nichts wurde importiert</translation>
  </message>
  <message>
   <source>Nothing was refused</source>
   <translation>Nichts wurde abgelehnt</translation>
  </message>
  <message>
   <source>Now</source>
   <translation>Jetzt</translation>
  </message>
  <message>
   <source>Nudge the picture, by more</source>
   <translation>Bild verschieben, weiter</translation>
  </message>
  <message>
   <source>Number of frames</source>
   <translation>Zahl der Bilder</translation>
  </message>
  <message>
   <source>Number the channels in the order of the files.</source>
   <translation>Die Kanäle in der Reihenfolge der Dateien beziffern.</translation>
  </message>
  <message>
   <source>Number {i}</source>
   <translation>Zahl {i}</translation>
  </message>
  <message>
   <source>Object</source>
   <translation>Objekt</translation>
  </message>
  <message>
   <source>Objects of SIMBAD</source>
   <translation>Objekte aus SIMBAD</translation>
  </message>
  <message>
   <source>Of all bands together (astropy: stretch)</source>
   <translation>Aller Bänder zusammen (astropy: stretch)</translation>
  </message>
  <message>
   <source>Of results with intervals; 0 shows all detail</source>
   <translation>Von Ergebnissen mit Intervallen; 0 zeigt alle Einzelheiten</translation>
  </message>
  <message>
   <source>Of the adapter: more learns more, and makes a larger file</source>
   <translation>Des Adapters: mehr lernt mehr und macht eine größere Datei</translation>
  </message>
  <message>
   <source>Of the aperture, in pixels</source>
   <translation>Der Blende, in Pixeln</translation>
  </message>
  <message>
   <source>Of the device; on a CPU, the program</source>
   <translation>Des Geräts; auf einer CPU des Programms</translation>
  </message>
  <message>
   <source>Of the pixel under the mouse, or a region</source>
   <translation>Des Pixels unter der Maus oder einer Region</translation>
  </message>
  <message>
   <source>Of {of} frames none are left to combine</source>
   <translation>Von {of} Aufnahmen bleibt keine zum Kombinieren übrig</translation>
  </message>
  <message>
   <source>Of {of} frames none are left to combine ({why})</source>
   <translation>Von {of} Aufnahmen bleibt keine zum Kombinieren übrig ({why})</translation>
  </message>
  <message>
   <source>Of {of} frames only one is left to combine</source>
   <translation>Von {of} Aufnahmen bleibt nur eine zum Kombinieren übrig</translation>
  </message>
  <message>
   <source>Of {of} frames only one is left to combine ({why})</source>
   <translation>Von {of} Aufnahmen bleibt nur eine zum Kombinieren übrig ({why})</translation>
  </message>
  <message>
   <source>Off</source>
   <translation>Aus</translation>
  </message>
  <message>
   <source>Off by</source>
   <translation>Abweichung</translation>
  </message>
  <message>
   <source>Often memory ran out: try a smaller frame or scale.{said}</source>
   <translation>Oft war der Speicher voll: Versuchen Sie ein kleineres Bild oder eine kleinere Vergrößerung.{said}</translation>
  </message>
  <message>
   <source>Old stars, golden</source>
   <translation>Alte Sterne, golden</translation>
  </message>
  <message>
   <source>Oldest results are dropped first when there are more</source>
   <translation>Die ältesten Ergebnisse gehen zuerst, wenn es mehr sind</translation>
  </message>
  <message>
   <source>On frames it never saw</source>
   <translation>An Bildern, die es nie sah</translation>
  </message>
  <message>
   <source>On the border</source>
   <translation>Auf der Grenze</translation>
  </message>
  <message>
   <source>On the picture</source>
   <translation>Auf dem Bild</translation>
  </message>
  <message>
   <source>On {pictures} held-out pictures of {targets} targets: {figure}</source>
   <translation>Auf {pictures} zurückgehaltenen Bildern von {targets} Zielen: {figure}</translation>
  </message>
  <message>
   <source>On {pictures} skies as your telescope sees them: {figure}</source>
   <translation>Auf {pictures} Himmelsfeldern, wie Ihr Teleskop sie sieht: {figure}</translation>
  </message>
  <message>
   <source>On {where} this fell behind, more than the bound of {bound}: {figure}.</source>
   <translation>Auf {where} fiel dies zurück, mehr als die Grenze von {bound}: {figure}.</translation>
  </message>
  <message>
   <source>One file</source>
   <translation>Eine Datei</translation>
  </message>
  <message>
   <source>One frame makes no stack</source>
   <translation>Eine Aufnahme allein ergibt keinen Stapel</translation>
  </message>
  <message>
   <source>One frame pixel to one of the screen</source>
   <translation>Ein Bildpixel auf einen Bildschirmpixel</translation>
  </message>
  <message>
   <source>One of your own goes into the system's trash</source>
   <translation>Ein eigenes kommt in den Papierkorb des Systems</translation>
  </message>
  <message>
   <source>One page with scale bar and credit</source>
   <translation>Eine Seite mit Maßstab und Bildnachweis</translation>
  </message>
  <message>
   <source>One picture after the other; [ and ] change the rate</source>
   <translation>Ein Bild nach dem anderen; [ und ] ändern das Tempo</translation>
  </message>
  <message>
   <source>One star</source>
   <translation>Ein Stern</translation>
  </message>
  <message>
   <source>One stretch for all</source>
   <translation>Eine Streckung für alle</translation>
  </message>
  <message>
   <source>One stretch for all channels; unlinked, each has its own</source>
   <translation>Eine Streckung für alle Kanäle; sonst hat jeder seine eigene</translation>
  </message>
  <message>
   <source>Only</source>
   <translation>Nur</translation>
  </message>
  <message>
   <source>Only FITS files have named HDUs.</source>
   <translation>Nur FITS-Dateien haben benannte HDUs.</translation>
  </message>
  <message>
   <source>Only folders of this machine can be watched</source>
   <translation>Nur Ordner dieses Rechners lassen sich beobachten</translation>
  </message>
  <message>
   <source>Only for measured frames: the noise of a picture is not known</source>
   <translation>Nur für gemessene Bilder: Das Rauschen eines fertigen Bildes ist nicht bekannt</translation>
  </message>
  <message>
   <source>Only grey frames share their limits.</source>
   <translation>Nur graue Bilder teilen ihre Grenzen.</translation>
  </message>
  <message>
   <source>Only names like</source>
   <translation>Nur Namen wie</translation>
  </message>
  <message>
   <source>Only names like {include} are taken.</source>
   <translation>Genommen werden nur Namen wie {include}.</translation>
  </message>
  <message>
   <source>Only the original (hold Space for a glance)</source>
   <translation>Nur das Original (Leertaste halten für einen Blick)</translation>
  </message>
  <message>
   <source>Only the result</source>
   <translation>Nur das Ergebnis</translation>
  </message>
  <message>
   <source>Only these can be exported to ONNX.</source>
   <translation>Nur diese lassen sich nach ONNX ausgeben.</translation>
  </message>
  <message>
   <source>Open a DS9 region file</source>
   <translation>Regionendatei von DS9 öffnen</translation>
  </message>
  <message>
   <source>Open a FITS cube of grey planes.</source>
   <translation>Einen FITS-Würfel grauer Ebenen öffnen.</translation>
  </message>
  <message>
   <source>Open a VOTable, FITS or CSV table of sources</source>
   <translation>Quellentabelle als VOTable, FITS oder CSV öffnen</translation>
  </message>
  <message>
   <source>Open a catalogue first (Measure, Open catalogue).</source>
   <translation>Erst einen Katalog öffnen (Messen, Katalog öffnen).</translation>
  </message>
  <message>
   <source>Open a catalogue first.</source>
   <translation>Zuerst einen Katalog öffnen.</translation>
  </message>
  <message>
   <source>Open a folder of frames</source>
   <translation>Ordner mit Bildern öffnen</translation>
  </message>
  <message>
   <source>Open a frame first</source>
   <translation>Erst ein Bild öffnen</translation>
  </message>
  <message>
   <source>Open a frame of the batch with its result</source>
   <translation>Ein Bild des Stapels mit seinem Ergebnis öffnen</translation>
  </message>
  <message>
   <source>Open a frame with sky coordinates (WCS) to see them.</source>
   <translation>Ein Bild mit Himmelskoordinaten (WCS) zeigt sie.</translation>
  </message>
  <message>
   <source>Open a frame …</source>
   <translation>Bild öffnen …</translation>
  </message>
  <message>
   <source>Open a grey frame.</source>
   <translation>Ein graues Bild öffnen.</translation>
  </message>
  <message>
   <source>Open a program that does and connect it to the hub.</source>
   <translation>Ein Programm öffnen, das es tut, und mit dem Hub verbinden.</translation>
  </message>
  <message>
   <source>Open a run folder</source>
   <translation>Laufordner öffnen</translation>
  </message>
  <message>
   <source>Open a run folder …</source>
   <translation>Laufordner öffnen …</translation>
  </message>
  <message>
   <source>Open catalogue</source>
   <translation>Katalog öffnen</translation>
  </message>
  <message>
   <source>Open catalogue …</source>
   <translation>Katalog öffnen …</translation>
  </message>
  <message>
   <source>Open folder …</source>
   <translation>Ordner öffnen …</translation>
  </message>
  <message>
   <source>Open frames</source>
   <translation>Bilder öffnen</translation>
  </message>
  <message>
   <source>Open frames (Ctrl+O)</source>
   <translation>Bilder öffnen (Strg+O)</translation>
  </message>
  <message>
   <source>Open frames of one field with a sky.</source>
   <translation>Öffnen Sie Aufnahmen eines Feldes mit Himmelskoordinaten.</translation>
  </message>
  <message>
   <source>Open it anyway</source>
   <translation>Trotzdem öffnen</translation>
  </message>
  <message>
   <source>Open it in View.</source>
   <translation>Öffnen Sie sie in der Ansicht.</translation>
  </message>
  <message>
   <source>Open it with a catalogue tool, such as TOPCAT.</source>
   <translation>Mit einem Programm für Kataloge öffnen, etwa TOPCAT.</translation>
  </message>
  <message>
   <source>Open it with a tool for spectra, such as specutils or SPLAT.</source>
   <translation>Mit einem Programm für Spektren öffnen, etwa specutils oder SPLAT.</translation>
  </message>
  <message>
   <source>Open it with the version that wrote it, or train anew.</source>
   <translation>Mit der Version öffnen, die ihn schrieb, oder neu trainieren.</translation>
  </message>
  <message>
   <source>Open its images as frames instead, or lay them out by the sky.</source>
   <translation>Öffnen Sie ihre Bilder stattdessen als einzelne Aufnahmen oder legen Sie sie nach dem Himmel.</translation>
  </message>
  <message>
   <source>Open its images as frames instead.</source>
   <translation>Öffnen Sie ihre Bilder stattdessen als einzelne Aufnahmen.</translation>
  </message>
  <message>
   <source>Open log folder</source>
   <translation>Protokollordner öffnen</translation>
  </message>
  <message>
   <source>Open more bands of the field.</source>
   <translation>Weitere Bänder des Felds öffnen.</translation>
  </message>
  <message>
   <source>Open one first.</source>
   <translation>Öffnen Sie zuerst eines.</translation>
  </message>
  <message>
   <source>Open recent</source>
   <translation>Zuletzt geöffnet</translation>
  </message>
  <message>
   <source>Open regions</source>
   <translation>Regionen öffnen</translation>
  </message>
  <message>
   <source>Open regions …</source>
   <translation>Regionen öffnen …</translation>
  </message>
  <message>
   <source>Open result</source>
   <translation>Ergebnis öffnen</translation>
  </message>
  <message>
   <source>Open sample frame</source>
   <translation>Beispielbild öffnen</translation>
  </message>
  <message>
   <source>Open session</source>
   <translation>Sitzung öffnen</translation>
  </message>
  <message>
   <source>Open session …</source>
   <translation>Sitzung öffnen …</translation>
  </message>
  <message>
   <source>Open the folder with the results</source>
   <translation>Ordner mit den Ergebnissen öffnen</translation>
  </message>
  <message>
   <source>Open the sample frame</source>
   <translation>Das Beispielbild öffnen</translation>
  </message>
  <message>
   <source>Open the selected frames in View (Enter)</source>
   <translation>Die gewählten Aufnahmen in der Ansicht öffnen (Eingabe)</translation>
  </message>
  <message>
   <source>Open …</source>
   <translation>Öffnen …</translation>
  </message>
  <message>
   <source>Opening {at} of {of}</source>
   <translation>{at} von {of} wird geöffnet</translation>
  </message>
  <message>
   <source>Opening {name}</source>
   <translation>{name} wird geöffnet</translation>
  </message>
  <message>
   <source>Orientation</source>
   <translation>Ausrichtung</translation>
  </message>
  <message>
   <source>Original</source>
   <translation>Original</translation>
  </message>
  <message>
   <source>Original only</source>
   <translation>Nur Original</translation>
  </message>
  <message>
   <source>Other programs can send images and tables now.</source>
   <translation>Andere Programme können jetzt Bilder und Tabellen senden.</translation>
  </message>
  <message>
   <source>Out</source>
   <translation>Weg</translation>
  </message>
  <message>
   <source>Outer radius</source>
   <translation>Äußerer Radius</translation>
  </message>
  <message>
   <source>Outer radius of the ring of sky, in pixels</source>
   <translation>Äußerer Radius des Himmelsrings, in Pixeln</translation>
  </message>
  <message>
   <source>Outlier score</source>
   <translation>Auffälligkeit</translation>
  </message>
  <message>
   <source>Output folder</source>
   <translation>Zielordner</translation>
  </message>
  <message>
   <source>Overlays</source>
   <translation>Einblendungen</translation>
  </message>
  <message>
   <source>Oxygen III teal</source>
   <translation>Sauerstoff-III-Türkis</translation>
  </message>
  <message>
   <source>PDF page (*.pdf)</source>
   <translation>PDF-Seite (*.pdf)</translation>
  </message>
  <message>
   <source>PNG picture (*.png)</source>
   <translation>PNG-Bild (*.png)</translation>
  </message>
  <message>
   <source>PNG, 16 bit</source>
   <translation>PNG, 16 Bit</translation>
  </message>
  <message>
   <source>PNG, 16 bit (*.png)</source>
   <translation>PNG, 16 Bit (*.png)</translation>
  </message>
  <message>
   <source>PSNR in the frame's stretch</source>
   <translation>PSNR in der Streckung der Aufnahme</translation>
  </message>
  <message>
   <source>PSNR, all flux kept</source>
   <translation>PSNR, aller Fluss erhalten</translation>
  </message>
  <message>
   <source>PSNR, noise left out</source>
   <translation>PSNR, Rauschen weggelassen</translation>
  </message>
  <message>
   <source>Pace</source>
   <translation>Tempo</translation>
  </message>
  <message>
   <source>Pages</source>
   <translation>Seiten</translation>
  </message>
  <message>
   <source>Paint colour hints</source>
   <translation>Farbhinweise malen</translation>
  </message>
  <message>
   <source>Paint hints</source>
   <translation>Hinweise malen</translation>
  </message>
  <message>
   <source>Painted</source>
   <translation>Gemalt</translation>
  </message>
  <message>
   <source>Painted colours</source>
   <translation>Gemalte Farben</translation>
  </message>
  <message>
   <source>Painting your frames</source>
   <translation>Ihre Aufnahmen werden gemalt</translation>
  </message>
  <message>
   <source>Paints colour on grey frames</source>
   <translation>Malt Farbe auf graue Bilder</translation>
  </message>
  <message>
   <source>Paints colour onto a grey frame under a palette; lightness is kept. The colour is a guess, not a measurement.</source>
   <translation>Malt Farbe auf ein graues Bild nach einer Palette; die Helligkeit bleibt. Die Farbe ist geraten, nicht gemessen.</translation>
  </message>
  <message>
   <source>Paints plausible texture: to look at, never to measure.</source>
   <translation>Malt glaubhafte Struktur: zum Ansehen, nie zum Messen.</translation>
  </message>
  <message>
   <source>Paints plausible texture: to look at, not to measure.</source>
   <translation>Malt glaubhafte Textur: zum Ansehen, nicht zum Messen.</translation>
  </message>
  <message>
   <source>Paints with colour that a survey or a picture measured, more finely than it was measured; lightness is kept. It paints in the colorizer's place where there is such colour.</source>
   <translation>Malt mit Farbe, die eine Durchmusterung oder ein Bild gemessen hat, feiner, als sie gemessen wurde; die Helligkeit bleibt. Er malt anstelle des Einfärbers, wo es solche Farbe gibt.</translation>
  </message>
  <message>
   <source>Pair</source>
   <translation>Paar</translation>
  </message>
  <message>
   <source>Pale gold</source>
   <translation>Blassgold</translation>
  </message>
  <message>
   <source>Pale gold, blue haze</source>
   <translation>Blassgold, blauer Dunst</translation>
  </message>
  <message>
   <source>Palette</source>
   <translation>Palette</translation>
  </message>
  <message>
   <source>Palette of a picture …</source>
   <translation>Palette eines Bildes …</translation>
  </message>
  <message>
   <source>Palette {caption}</source>
   <translation>Palette {caption}</translation>
  </message>
  <message>
   <source>Palette, not there yet</source>
   <translation>Palette, noch nicht da</translation>
  </message>
  <message>
   <source>Palettes of a folder</source>
   <translation>Paletten eines Ordners</translation>
  </message>
  <message>
   <source>Palettes of a folder …</source>
   <translation>Paletten eines Ordners …</translation>
  </message>
  <message>
   <source>Palettes that you keep</source>
   <translation>Paletten, die Sie behalten haben</translation>
  </message>
  <message>
   <source>Pan-STARRS, colour</source>
   <translation>Pan-STARRS, Farbe</translation>
  </message>
  <message>
   <source>Panda</source>
   <translation>Sektoren</translation>
  </message>
  <message>
   <source>Panner</source>
   <translation>Übersicht</translation>
  </message>
  <message>
   <source>Partners have the same name; or name them in a CSV file with columns low, high.</source>
   <translation>Partner heißen gleich; oder in einer CSV-Datei mit den Spalten low, high nennen.</translation>
  </message>
  <message>
   <source>Passed its test against the CPU: {names}</source>
   <translation>Test gegen die CPU bestanden: {names}</translation>
  </message>
  <message>
   <source>Paste regions</source>
   <translation>Regionen einfügen</translation>
  </message>
  <message>
   <source>Paste them into this or another frame, or into DS9.</source>
   <translation>Sie lassen sich in dieses oder ein anderes Bild einfügen oder in DS9.</translation>
  </message>
  <message>
   <source>Patience</source>
   <translation>Geduld</translation>
  </message>
  <message>
   <source>Pause</source>
   <translation>Pause</translation>
  </message>
  <message>
   <source>Paused</source>
   <translation>Angehalten</translation>
  </message>
  <message>
   <source>Peach, blue haze</source>
   <translation>Pfirsich, blauer Dunst</translation>
  </message>
  <message>
   <source>Peak</source>
   <translation>Spitze</translation>
  </message>
  <message>
   <source>Peak memory</source>
   <translation>Höchster Speicher</translation>
  </message>
  <message>
   <source>Percentiles</source>
   <translation>Perzentile</translation>
  </message>
  <message>
   <source>Percentiles …</source>
   <translation>Perzentile …</translation>
  </message>
  <message>
   <source>Perceptual</source>
   <translation>Empfindungsgemäß</translation>
  </message>
  <message>
   <source>Photometry</source>
   <translation>Photometrie</translation>
  </message>
  <message>
   <source>Physical</source>
   <translation>Physikalisch</translation>
  </message>
  <message>
   <source>Picture</source>
   <translation>Bild</translation>
  </message>
  <message>
   <source>Picture (*.png)</source>
   <translation>Bild (*.png)</translation>
  </message>
  <message>
   <source>Picture of 2MASS</source>
   <translation>Bild aus 2MASS</translation>
  </message>
  <message>
   <source>Picture of DSS2</source>
   <translation>Bild aus DSS2</translation>
  </message>
  <message>
   <source>Picture of the second window</source>
   <translation>Bild des zweiten Fensters</translation>
  </message>
  <message>
   <source>Pictures</source>
   <translation>Bilder</translation>
  </message>
  <message>
   <source>Pictures a second ([ and ] change it)</source>
   <translation>Bilder je Sekunde ([ und ] ändern den Takt)</translation>
  </message>
  <message>
   <source>Pictures of a single target were held out: too few to judge by. Not worth keeping.</source>
   <translation>Zurückgehalten waren Bilder eines einzigen Ziels: zu wenig zum Urteilen. Nicht behaltenswert.</translation>
  </message>
  <message>
   <source>Pixel on pixel</source>
   <translation>Pixel auf Pixel</translation>
  </message>
  <message>
   <source>Pixel table</source>
   <translation>Pixeltabelle</translation>
  </message>
  <message>
   <source>Pixel {x}, {y} (FITS)</source>
   <translation>Pixel {x}, {y} (FITS)</translation>
  </message>
  <message>
   <source>Pixels</source>
   <translation>Pixel</translation>
  </message>
  <message>
   <source>Pixels kept</source>
   <translation>Behaltene Pixel</translation>
  </message>
  <message>
   <source>Pixels without data lie in the star.</source>
   <translation>Im Stern liegen Pixel ohne Daten.</translation>
  </message>
  <message>
   <source>Plain</source>
   <translation>Schlicht</translation>
  </message>
  <message>
   <source>Plane</source>
   <translation>Ebene</translation>
  </message>
  <message>
   <source>Plane of the cube</source>
   <translation>Ebene des Würfels</translation>
  </message>
  <message>
   <source>Plane slider</source>
   <translation>Regler für die Ebene</translation>
  </message>
  <message>
   <source>Planes a second</source>
   <translation>Ebenen je Sekunde</translation>
  </message>
  <message>
   <source>Planes a second, at most</source>
   <translation>Ebenen je Sekunde, höchstens</translation>
  </message>
  <message>
   <source>Planes {first} to {last}</source>
   <translation>Ebenen {first} bis {last}</translation>
  </message>
  <message>
   <source>Plasma</source>
   <translation>Plasma</translation>
  </message>
  <message>
   <source>Play</source>
   <translation>Abspielen</translation>
  </message>
  <message>
   <source>Play planes</source>
   <translation>Ebenen abspielen</translation>
  </message>
  <message>
   <source>Play the planes (P)</source>
   <translation>Die Ebenen abspielen (P)</translation>
  </message>
  <message>
   <source>Point</source>
   <translation>Punkt</translation>
  </message>
  <message>
   <source>Point at the picture of a cube, or choose a region.</source>
   <translation>Auf das Bild eines Würfels zeigen oder eine Region wählen.</translation>
  </message>
  <message>
   <source>Point at the picture, or measure something.</source>
   <translation>Auf das Bild zeigen oder etwas messen.</translation>
  </message>
  <message>
   <source>Point at the picture.</source>
   <translation>Auf das Bild zeigen.</translation>
  </message>
  <message>
   <source>Polygon</source>
   <translation>Vieleck</translation>
  </message>
  <message>
   <source>Position angle</source>
   <translation>Positionswinkel</translation>
  </message>
  <message>
   <source>Position on the sky (View, Coordinates)</source>
   <translation>Ort am Himmel (Ansicht, Koordinaten)</translation>
  </message>
  <message>
   <source>Positions are in degrees, hours, radians or arcseconds.</source>
   <translation>Positionen sind in Grad, Stunden, Radiant oder Bogensekunden.</translation>
  </message>
  <message>
   <source>Positions are numbers in degrees, or text such as 13:29:52.7 and +47:11:43.</source>
   <translation>Positionen sind Zahlen in Grad oder Text wie 13:29:52.7 und +47:11:43.</translation>
  </message>
  <message>
   <source>Positions in every system, and a pixel table</source>
   <translation>Positionen in jedem System und eine Pixeltabelle</translation>
  </message>
  <message>
   <source>Power</source>
   <translation>Potenz</translation>
  </message>
  <message>
   <source>Precision</source>
   <translation>Genauigkeit</translation>
  </message>
  <message>
   <source>Preparing {name} …</source>
   <translation>{name} wird vorbereitet …</translation>
  </message>
  <message>
   <source>Preview</source>
   <translation>Vorschau</translation>
  </message>
  <message>
   <source>Previous colour map</source>
   <translation>Vorige Farbtafel</translation>
  </message>
  <message>
   <source>Previous frame</source>
   <translation>Voriges Bild</translation>
  </message>
  <message>
   <source>Previous plane</source>
   <translation>Vorige Ebene</translation>
  </message>
  <message>
   <source>Print …</source>
   <translation>Drucken …</translation>
  </message>
  <message>
   <source>Profile plot</source>
   <translation>Profilkurve</translation>
  </message>
  <message>
   <source>Programs on this computer do so, but so may a page that you did not ask.</source>
   <translation>Programme auf diesem Rechner tun das, aber auch eine Seite, die Sie nicht gefragt haben.</translation>
  </message>
  <message>
   <source>Project it to a picture first, for example with the Python package reproject.</source>
   <translation>Erst auf ein Bild projizieren, etwa mit dem Python-Paket reproject.</translation>
  </message>
  <message>
   <source>Projection</source>
   <translation>Projektion</translation>
  </message>
  <message>
   <source>Properties of the region</source>
   <translation>Eigenschaften der Region</translation>
  </message>
  <message>
   <source>Put it on your shelf</source>
   <translation>Ins Regal stellen</translation>
  </message>
  <message>
   <source>Put point</source>
   <translation>Punkt setzen</translation>
  </message>
  <message>
   <source>Put points</source>
   <translation>Punkte setzen</translation>
  </message>
  <message>
   <source>Put the frames into one folder, and drop that, or a list of pairs (CSV).</source>
   <translation>Die Aufnahmen in einen Ordner legen und diesen hierher ziehen, oder eine Liste von Paaren (CSV).</translation>
  </message>
  <message>
   <source>Put the model on your shelf</source>
   <translation>Das Modell ins Regal stellen</translation>
  </message>
  <message>
   <source>Quality</source>
   <translation>Güte</translation>
  </message>
  <message>
   <source>Queue of frames</source>
   <translation>Warteschlange der Bilder</translation>
  </message>
  <message>
   <source>Quit</source>
   <translation>Beenden</translation>
  </message>
  <message>
   <source>Quit now?</source>
   <translation>Jetzt beenden?</translation>
  </message>
  <message>
   <source>Quit, go on next time</source>
   <translation>Beenden, nächstes Mal weiter</translation>
  </message>
  <message>
   <source>R</source>
   <translation>R</translation>
  </message>
  <message>
   <source>RA and Dec (ICRS)</source>
   <translation>RA und Dec (ICRS)</translation>
  </message>
  <message>
   <source>Radius</source>
   <translation>Radius</translation>
  </message>
  <message>
   <source>Radius {i}</source>
   <translation>Radius {i}</translation>
  </message>
  <message>
   <source>Rank</source>
   <translation>Rang</translation>
  </message>
  <message>
   <source>Rate</source>
   <translation>Rate</translation>
  </message>
  <message>
   <source>Rate {stars}</source>
   <translation>Bewertung {stars}</translation>
  </message>
  <message>
   <source>Rated</source>
   <translation>Bewertet</translation>
  </message>
  <message>
   <source>Rating</source>
   <translation>Bewertung</translation>
  </message>
  <message>
   <source>Ratings and tags cannot be kept: {problem}</source>
   <translation>Bewertungen und Stichwörter lassen sich nicht sichern: {problem}</translation>
  </message>
  <message>
   <source>Ratings and tags could not be read, and begin anew.</source>
   <translation>Bewertungen und Stichwörter waren nicht lesbar und beginnen neu.</translation>
  </message>
  <message>
   <source>Re&amp;gion</source>
   <translation>Re&amp;gion</translation>
  </message>
  <message>
   <source>Read the folder again</source>
   <translation>Ordner neu lesen</translation>
  </message>
  <message>
   <source>Reading</source>
   <translation>Liest</translation>
  </message>
  <message>
   <source>Reading headers: {done:,} of {of:,} frames</source>
   <translation>Lese Kopfdaten: {done:,} von {of:,} Aufnahmen</translation>
  </message>
  <message>
   <source>Reading it ended the program that reads; it may be damaged</source>
   <translation>Beim Lesen endete das lesende Programm; die Datei ist vielleicht beschädigt</translation>
  </message>
  <message>
   <source>Reading pictures</source>
   <translation>Bilder werden gelesen</translation>
  </message>
  <message>
   <source>Reading the frames</source>
   <translation>Bilder werden gelesen</translation>
  </message>
  <message>
   <source>Ready</source>
   <translation>Bereit</translation>
  </message>
  <message>
   <source>Reason</source>
   <translation>Grund</translation>
  </message>
  <message>
   <source>Recent</source>
   <translation>Zuletzt</translation>
  </message>
  <message>
   <source>Red</source>
   <translation>Rot</translation>
  </message>
  <message>
   <source>Red to cyan</source>
   <translation>Rot bis Zyan</translation>
  </message>
  <message>
   <source>Redo</source>
   <translation>Wiederholen</translation>
  </message>
  <message>
   <source>Redshift</source>
   <translation>Rotverschiebung</translation>
  </message>
  <message>
   <source>Reflection blue</source>
   <translation>Reflexionsblau</translation>
  </message>
  <message>
   <source>Refused</source>
   <translation>Abgelehnt</translation>
  </message>
  <message>
   <source>Refused: {reason}</source>
   <translation>Abgelehnt: {reason}</translation>
  </message>
  <message>
   <source>Regions</source>
   <translation>Regionen</translation>
  </message>
  <message>
   <source>Reject</source>
   <translation>Verwerfen</translation>
  </message>
  <message>
   <source>Reject the selected frames, or take that back</source>
   <translation>Die gewählten Aufnahmen verwerfen, oder das zurücknehmen</translation>
  </message>
  <message>
   <source>Rejected</source>
   <translation>Verworfen</translation>
  </message>
  <message>
   <source>Reload</source>
   <translation>Neu laden</translation>
  </message>
  <message>
   <source>Remarks</source>
   <translation>Bemerkungen</translation>
  </message>
  <message>
   <source>Remove</source>
   <translation>Entfernen</translation>
  </message>
  <message>
   <source>Remove all hints</source>
   <translation>Alle Hinweise entfernen</translation>
  </message>
  <message>
   <source>Remove all regions</source>
   <translation>Alle Regionen entfernen</translation>
  </message>
  <message>
   <source>Remove catalogue</source>
   <translation>Katalog entfernen</translation>
  </message>
  <message>
   <source>Remove chosen regions</source>
   <translation>Gewählte Regionen entfernen</translation>
  </message>
  <message>
   <source>Remove the folder by hand: {path}</source>
   <translation>Den Ordner von Hand entfernen: {path}</translation>
  </message>
  <message>
   <source>Remove the palettes “{name}”</source>
   <translation>Paletten „{name}“ entfernen</translation>
  </message>
  <message>
   <source>Remove the run</source>
   <translation>Den Lauf entfernen</translation>
  </message>
  <message>
   <source>Remove what is chosen (Del)</source>
   <translation>Gewähltes entfernen (Entf)</translation>
  </message>
  <message numerus="yes">
   <source>Removed {count} regions.</source>
   <translation>
    <numerusform>{count} Region entfernt.</numerusform>
    <numerusform>{count} Regionen entfernt.</numerusform>
   </translation>
  </message>
  <message>
   <source>Replay</source>
   <translation>Wiederholung</translation>
  </message>
  <message>
   <source>Report (CSV)</source>
   <translation>Bericht (CSV)</translation>
  </message>
  <message>
   <source>Report (JSON)</source>
   <translation>Bericht (JSON)</translation>
  </message>
  <message>
   <source>Reset all settings</source>
   <translation>Alle Einstellungen zurücksetzen</translation>
  </message>
  <message>
   <source>Reset this page</source>
   <translation>Diese Seite zurücksetzen</translation>
  </message>
  <message>
   <source>Residual map</source>
   <translation>Karte der Abweichungen</translation>
  </message>
  <message>
   <source>Residual, in sigma</source>
   <translation>Abweichung, in Sigma</translation>
  </message>
  <message>
   <source>Result</source>
   <translation>Ergebnis</translation>
  </message>
  <message>
   <source>Result less original, in units of the noise; grey is none.</source>
   <translation>Ergebnis weniger Original, in Einheiten des Rauschens; Grau ist keine.</translation>
  </message>
  <message>
   <source>Result minus original, in units of the noise</source>
   <translation>Ergebnis minus Original, in Einheiten des Rauschens</translation>
  </message>
  <message>
   <source>Result only</source>
   <translation>Nur Ergebnis</translation>
  </message>
  <message>
   <source>Result − original</source>
   <translation>Ergebnis − Original</translation>
  </message>
  <message>
   <source>Results</source>
   <translation>Ergebnisse</translation>
  </message>
  <message>
   <source>Resume</source>
   <translation>Fortsetzen</translation>
  </message>
  <message>
   <source>Resume begins anew.</source>
   <translation>Fortsetzen beginnt von vorn.</translation>
  </message>
  <message>
   <source>Retry failed</source>
   <translation>Gescheiterte wiederholen</translation>
  </message>
  <message>
   <source>Retry {frames}</source>
   <translation>{frames} wiederholen</translation>
  </message>
  <message>
   <source>Right drag</source>
   <translation>Rechts ziehen</translation>
  </message>
  <message>
   <source>Right-drag the picture to the left or right</source>
   <translation>Das Bild mit der rechten Taste seitwärts ziehen</translation>
  </message>
  <message>
   <source>Right-drag the picture up or down</source>
   <translation>Das Bild mit der rechten Taste auf- oder abwärts ziehen</translation>
  </message>
  <message>
   <source>Rings</source>
   <translation>Ringe</translation>
  </message>
  <message>
   <source>Rose</source>
   <translation>Rosé</translation>
  </message>
  <message>
   <source>Rows of red, green and blue (.lut), or control points as DS9 saves them (.sao).</source>
   <translation>Zeilen aus Rot, Grün und Blau (.lut) oder Stützpunkte, wie DS9 sie sichert (.sao).</translation>
  </message>
  <message>
   <source>Ruler</source>
   <translation>Lineal</translation>
  </message>
  <message>
   <source>Run in one file (*.zip)</source>
   <translation>Lauf in einer Datei (*.zip)</translation>
  </message>
  <message>
   <source>Run the batch again when it is complete.</source>
   <translation>Den Stapel noch einmal starten, wenn sie vollständig ist.</translation>
  </message>
  <message>
   <source>Run the batch again: what is not there is made anew.</source>
   <translation>Starten Sie den Stapel noch einmal: Was fehlt, wird neu gemacht.</translation>
  </message>
  <message>
   <source>Run the batch again; it is made anew.</source>
   <translation>Den Stapel noch einmal starten; sie wird neu gemacht.</translation>
  </message>
  <message>
   <source>Run the batch without --watch when all bands are there, or leave --bands off.</source>
   <translation>Den Stapel ohne --watch starten, wenn alle Bänder da sind, oder --bands weglassen.</translation>
  </message>
  <message>
   <source>Run “astroview curate” on the folder again.</source>
   <translation>„astroview curate“ noch einmal für den Ordner aufrufen.</translation>
  </message>
  <message>
   <source>Run: {install}</source>
   <translation>Aufruf: {install}</translation>
  </message>
  <message>
   <source>Runs</source>
   <translation>Läufe</translation>
  </message>
  <message>
   <source>S/N, seeing and outlier score of the frames on show</source>
   <translation>Signal/Rauschen, Seeing und Auffälligkeit der gezeigten Aufnahmen</translation>
  </message>
  <message>
   <source>SAMP</source>
   <translation>SAMP</translation>
  </message>
  <message>
   <source>SRGAN ×4</source>
   <translation>SRGAN ×4</translation>
  </message>
  <message>
   <source>SVG drawing (*.svg)</source>
   <translation>SVG-Zeichnung (*.svg)</translation>
  </message>
  <message>
   <source>Same limits for every frame</source>
   <translation>Gleiche Grenzen für jedes Bild</translation>
  </message>
  <message>
   <source>Sample</source>
   <translation>Beispiel</translation>
  </message>
  <message>
   <source>Samples a frame four times as finely; on linear frames the flux of every input pixel is kept exactly.</source>
   <translation>Tastet ein Bild viermal so fein ab; bei linearen Bildern bleibt der Fluss jedes Eingangspixels genau erhalten.</translation>
  </message>
  <message>
   <source>Samples a step</source>
   <translation>Proben je Schritt</translation>
  </message>
  <message>
   <source>Samples a step; 0 chooses by memory</source>
   <translation>Proben je Schritt; 0 wählt nach Speicher</translation>
  </message>
  <message>
   <source>Samples display pictures (PNG, JPEG, TIFF) four times as finely, where Super-resolver ×4 is chosen.</source>
   <translation>Tastet Anzeigebilder (PNG, JPEG, TIFF) viermal so fein ab, wo Schärfer ×4 gewählt ist.</translation>
  </message>
  <message>
   <source>Samples of</source>
   <translation>Werte von</translation>
  </message>
  <message>
   <source>Sampling</source>
   <translation>Abtastung</translation>
  </message>
  <message>
   <source>Saturated</source>
   <translation>Gesättigt</translation>
  </message>
  <message>
   <source>Saturated pixels in red</source>
   <translation>Gesättigte Pixel in Rot</translation>
  </message>
  <message>
   <source>Save a frame of it as PNG.</source>
   <translation>Speichern Sie ein Bild daraus als PNG.</translation>
  </message>
  <message>
   <source>Save as</source>
   <translation>Speichern unter</translation>
  </message>
  <message>
   <source>Save as FITS, TIFF or PNG</source>
   <translation>Als FITS, TIFF oder PNG speichern</translation>
  </message>
  <message>
   <source>Save as PDF</source>
   <translation>Als PDF speichern</translation>
  </message>
  <message>
   <source>Save as a DS9 region file</source>
   <translation>Als Regionendatei von DS9 speichern</translation>
  </message>
  <message>
   <source>Save as …</source>
   <translation>Speichern unter …</translation>
  </message>
  <message>
   <source>Save blink as movie …</source>
   <translation>Blinken als Film speichern …</translation>
  </message>
  <message>
   <source>Save catalogue …</source>
   <translation>Katalog sichern …</translation>
  </message>
  <message>
   <source>Save colour map …</source>
   <translation>Farbtafel sichern …</translation>
  </message>
  <message>
   <source>Save colours beside the frame</source>
   <translation>Farben neben dem Bild speichern</translation>
  </message>
  <message>
   <source>Save it again as RGB.</source>
   <translation>Speichern Sie es noch einmal als RGB.</translation>
  </message>
  <message>
   <source>Save it again as an ordinary TIFF, or as FITS.</source>
   <translation>Noch einmal als gewöhnliches TIFF oder als FITS speichern.</translation>
  </message>
  <message>
   <source>Save it again as an ordinary TIFF.</source>
   <translation>Speichern Sie es noch einmal als gewöhnliches TIFF.</translation>
  </message>
  <message>
   <source>Save it again with a program that writes standard FITS.</source>
   <translation>Noch einmal mit einem Programm speichern, das normgerechtes FITS schreibt.</translation>
  </message>
  <message>
   <source>Save it as FITS or TIFF.</source>
   <translation>Als FITS oder TIFF speichern.</translation>
  </message>
  <message>
   <source>Save it as RGB.</source>
   <translation>Speichern Sie es als RGB.</translation>
  </message>
  <message>
   <source>Save it as TIFF or PNG.</source>
   <translation>Als TIFF oder PNG speichern.</translation>
  </message>
  <message>
   <source>Save it as TIFF, PNG or JPEG.</source>
   <translation>Speichern Sie es als TIFF, PNG oder JPEG.</translation>
  </message>
  <message>
   <source>Save it as one file (monolithic XISF), or as FITS.</source>
   <translation>Speichern Sie es in einer Datei (monolithisches XISF) oder als FITS.</translation>
  </message>
  <message>
   <source>Save it as sRGB, or as FITS.</source>
   <translation>Speichern Sie es als sRGB oder als FITS.</translation>
  </message>
  <message>
   <source>Save it with right ascension and declination in ICRS.</source>
   <translation>Speichern Sie sie mit Rektaszension und Deklination in ICRS.</translation>
  </message>
  <message>
   <source>Save its image as FITS.</source>
   <translation>Speichern Sie ihr Bild als FITS.</translation>
  </message>
  <message>
   <source>Save regions</source>
   <translation>Regionen speichern</translation>
  </message>
  <message>
   <source>Save regions in DS9 with the format “ds9” or “ciao”.</source>
   <translation>Speichern Sie Regionen in DS9 im Format „ds9“ oder „ciao“.</translation>
  </message>
  <message>
   <source>Save regions …</source>
   <translation>Regionen speichern …</translation>
  </message>
  <message>
   <source>Save results as</source>
   <translation>Ergebnisse speichern als</translation>
  </message>
  <message>
   <source>Save results without hidden detail</source>
   <translation>Ergebnisse ohne ausgeblendete Einzelheiten speichern</translation>
  </message>
  <message>
   <source>Save session as</source>
   <translation>Sitzung sichern unter</translation>
  </message>
  <message>
   <source>Save session as …</source>
   <translation>Sitzung sichern unter …</translation>
  </message>
  <message>
   <source>Save the blink as a movie</source>
   <translation>Das Blinken als Film speichern</translation>
  </message>
  <message>
   <source>Save the colour map</source>
   <translation>Farbtafel sichern</translation>
  </message>
  <message>
   <source>Save the table</source>
   <translation>Die Tabelle sichern</translation>
  </message>
  <message>
   <source>Save the table as ECSV or CSV</source>
   <translation>Die Tabelle als ECSV oder CSV sichern</translation>
  </message>
  <message>
   <source>Save the view as PDF, and print that elsewhere.</source>
   <translation>Speichern Sie die Ansicht als PDF und drucken Sie sie anderswo.</translation>
  </message>
  <message>
   <source>Save the view as PDF.</source>
   <translation>Speichern Sie die Ansicht als PDF.</translation>
  </message>
  <message>
   <source>Save view as PDF …</source>
   <translation>Ansicht als PDF speichern …</translation>
  </message>
  <message>
   <source>Save …</source>
   <translation>Sichern …</translation>
  </message>
  <message>
   <source>Saved as {name}.</source>
   <translation>Gespeichert als {name}.</translation>
  </message>
  <message>
   <source>Saved the colours as {name}.</source>
   <translation>Farben als {name} gespeichert.</translation>
  </message>
  <message>
   <source>Saved the session as {name}.</source>
   <translation>Sitzung als {name} gesichert.</translation>
  </message>
  <message numerus="yes">
   <source>Saved {name} with {count:,} frames.</source>
   <translation>
    <numerusform>{name} mit {count} Aufnahme gespeichert.</numerusform>
    <numerusform>{name} mit {count:,} Aufnahmen gespeichert.</numerusform>
   </translation>
  </message>
  <message>
   <source>Saved {name}.</source>
   <translation>{name} gespeichert.</translation>
  </message>
  <message>
   <source>Saving</source>
   <translation>Sichere</translation>
  </message>
  <message>
   <source>Saving {name} …</source>
   <translation>{name} wird gespeichert …</translation>
  </message>
  <message>
   <source>Scale</source>
   <translation>Maßstab</translation>
  </message>
  <message>
   <source>Scores without gain after which it stops early; 0 never does</source>
   <translation>Bewertungen ohne Gewinn, nach denen er früher endet; 0 nie</translation>
  </message>
  <message>
   <source>Scoring the base model</source>
   <translation>Das Ausgangsmodell wird bewertet</translation>
  </message>
  <message>
   <source>Scoring the tuned model</source>
   <translation>Das abgestimmte Modell wird bewertet</translation>
  </message>
  <message>
   <source>Screen pixels to one frame pixel</source>
   <translation>Bildschirmpixel je Bildpixel</translation>
  </message>
  <message>
   <source>Search</source>
   <translation>Suchen</translation>
  </message>
  <message>
   <source>Search the header</source>
   <translation>Im Header suchen</translation>
  </message>
  <message>
   <source>Search the settings</source>
   <translation>Einstellungen durchsuchen</translation>
  </message>
  <message>
   <source>Search the sources</source>
   <translation>In den Quellen suchen</translation>
  </message>
  <message>
   <source>Second window</source>
   <translation>Zweites Fenster</translation>
  </message>
  <message>
   <source>Sectors</source>
   <translation>Sektoren</translation>
  </message>
  <message>
   <source>See a frame and its result in View</source>
   <translation>Bild und Ergebnis in der Ansicht zeigen</translation>
  </message>
  <message>
   <source>See how SIMBAD or NED write it.</source>
   <translation>Nachsehen, wie SIMBAD oder NED es schreiben.</translation>
  </message>
  <message>
   <source>See its columns {first} and {second}.</source>
   <translation>Siehe die Spalten {first} und {second}.</translation>
  </message>
  <message>
   <source>See the original</source>
   <translation>Das Original sehen</translation>
  </message>
  <message>
   <source>See whether there is room, and whether you may write there.</source>
   <translation>Prüfen Sie, ob Platz ist und ob Sie dort schreiben dürfen.</translation>
  </message>
  <message>
   <source>See whether there is room, and whether you may write {path}.</source>
   <translation>Sehen Sie nach, ob Platz ist und ob Sie {path} schreiben dürfen.</translation>
  </message>
  <message>
   <source>See whether you may write in {parent}.</source>
   <translation>Prüfen, ob in {parent} geschrieben werden darf.</translation>
  </message>
  <message>
   <source>See whether you may write there, and whether the disk is full.</source>
   <translation>Prüfen, ob dort geschrieben werden darf und ob das Laufwerk voll ist.</translation>
  </message>
  <message>
   <source>See whether you may write there.</source>
   <translation>Prüfen, ob dort geschrieben werden darf.</translation>
  </message>
  <message>
   <source>Seed</source>
   <translation>Startzahl</translation>
  </message>
  <message>
   <source>Seeing</source>
   <translation>Seeing</translation>
  </message>
  <message>
   <source>Segments</source>
   <translation>Linienzug</translation>
  </message>
  <message>
   <source>Select fewer, or send them to Batch.</source>
   <translation>Wählen Sie weniger, oder geben Sie sie an den Stapel.</translation>
  </message>
  <message>
   <source>Semi-axis a</source>
   <translation>Halbachse a</translation>
  </message>
  <message>
   <source>Semi-axis b</source>
   <translation>Halbachse b</translation>
  </message>
  <message>
   <source>Send catalogue</source>
   <translation>Katalog senden</translation>
  </message>
  <message>
   <source>Send image</source>
   <translation>Bild senden</translation>
  </message>
  <message>
   <source>Send position</source>
   <translation>Ort senden</translation>
  </message>
  <message>
   <source>Send regions</source>
   <translation>Regionen senden</translation>
  </message>
  <message>
   <source>Send to Batch</source>
   <translation>An den Stapel geben</translation>
  </message>
  <message>
   <source>Send to Train</source>
   <translation>Zum Training geben</translation>
  </message>
  <message>
   <source>Sent the catalogue to</source>
   <translation>Katalog gesendet an</translation>
  </message>
  <message>
   <source>Sent the image to</source>
   <translation>Bild gesendet an</translation>
  </message>
  <message>
   <source>Sent the position to</source>
   <translation>Ort gesendet an</translation>
  </message>
  <message>
   <source>Sent the regions to</source>
   <translation>Regionen gesendet an</translation>
  </message>
  <message>
   <source>Server of SIMBAD</source>
   <translation>Server von SIMBAD</translation>
  </message>
  <message>
   <source>Server of catalogues</source>
   <translation>Server der Kataloge</translation>
  </message>
  <message>
   <source>Server of objects' names</source>
   <translation>Server der Objektnamen</translation>
  </message>
  <message>
   <source>Server of surveys' pictures</source>
   <translation>Server der Durchmusterungen</translation>
  </message>
  <message>
   <source>Session</source>
   <translation>Sitzung</translation>
  </message>
  <message>
   <source>Sessions</source>
   <translation>Sitzungen</translation>
  </message>
  <message>
   <source>Sessions may take {what:g} GB; the settings say how much.</source>
   <translation>Sitzungen dürfen {what:g} GB belegen; die Einstellungen sagen, wie viel.</translation>
  </message>
  <message>
   <source>Settings</source>
   <translation>Einstellungen</translation>
  </message>
  <message>
   <source>Settings …</source>
   <translation>Einstellungen …</translation>
  </message>
  <message>
   <source>Share of each batch that is not yours, so that nothing is forgotten</source>
   <translation>Anteil fremder Bilder je Schritt, damit nichts vergessen wird</translation>
  </message>
  <message>
   <source>Share of pixels that were rejected</source>
   <translation>Anteil verworfener Pixel</translation>
  </message>
  <message>
   <source>Share of the targets that only the scores see</source>
   <translation>Anteil der Ziele, die nur die Bewertung sieht</translation>
  </message>
  <message>
   <source>Share the model</source>
   <translation>Das Modell weitergeben</translation>
  </message>
  <message>
   <source>Share the model …</source>
   <translation>Das Modell weitergeben …</translation>
  </message>
  <message>
   <source>Share …</source>
   <translation>Weitergeben …</translation>
  </message>
  <message>
   <source>Sharp pictures or frames of at least 96 pixels a side would serve.</source>
   <translation>Scharfe Bilder oder Aufnahmen von mindestens 96 Pixeln Seitenlänge würden genügen.</translation>
  </message>
  <message>
   <source>Sharpen</source>
   <translation>Schärfen</translation>
  </message>
  <message>
   <source>Sharpen by</source>
   <translation>Schärfen mit</translation>
  </message>
  <message>
   <source>Sharpening that knows your frames' seeing and noise</source>
   <translation>Ein Schärfen, das Seeing und Rauschen der eigenen Bilder kennt</translation>
  </message>
  <message>
   <source>Sharper</source>
   <translation>Schärfer</translation>
  </message>
  <message>
   <source>Sharpness: nothing to learn from.</source>
   <translation>Schärfe: nichts, woraus zu lernen wäre.</translation>
  </message>
  <message>
   <source>Sharpness: {samples} of {targets}, {held} held out for the scores.</source>
   <translation>Schärfe: {samples} von {targets}, {held} für die Bewertung zurückgehalten.</translation>
  </message>
  <message>
   <source>Shift</source>
   <translation>Verschiebung</translation>
  </message>
  <message>
   <source>Shift downwards, in pixels of the reference</source>
   <translation>Verschiebung nach unten in Pixeln der Referenz</translation>
  </message>
  <message>
   <source>Shift to the right, in pixels of the reference</source>
   <translation>Verschiebung nach rechts in Pixeln der Referenz</translation>
  </message>
  <message>
   <source>Shortcuts</source>
   <translation>Tastenkürzel</translation>
  </message>
  <message>
   <source>Show</source>
   <translation>Zeigen</translation>
  </message>
  <message>
   <source>Show all detail</source>
   <translation>Alle Einzelheiten zeigen</translation>
  </message>
  <message>
   <source>Show failed</source>
   <translation>Gescheiterte zeigen</translation>
  </message>
  <message>
   <source>Show folder</source>
   <translation>Ordner zeigen</translation>
  </message>
  <message>
   <source>Show header</source>
   <translation>Header zeigen</translation>
  </message>
  <message>
   <source>Show north, east and a round length</source>
   <translation>Norden, Osten und eine runde Länge zeigen</translation>
  </message>
  <message>
   <source>Show output folder</source>
   <translation>Zielordner zeigen</translation>
  </message>
  <message>
   <source>Show run folder</source>
   <translation>Laufordner zeigen</translation>
  </message>
  <message>
   <source>Show the frames with one reason</source>
   <translation>Aufnahmen mit einem Grund zeigen</translation>
  </message>
  <message>
   <source>Show the header</source>
   <translation>Den Header zeigen</translation>
  </message>
  <message>
   <source>Show the log</source>
   <translation>Das Protokoll zeigen</translation>
  </message>
  <message>
   <source>Show the notice behind this one</source>
   <translation>Die Meldung hinter dieser zeigen</translation>
  </message>
  <message>
   <source>Show the planes of a cube one after the other</source>
   <translation>Die Ebenen eines Würfels nacheinander zeigen</translation>
  </message>
  <message>
   <source>Show the table of stars (Ctrl+Shift+L)</source>
   <translation>Die Tabelle der Sterne zeigen (Strg+Umschalt+L)</translation>
  </message>
  <message>
   <source>Show them in the table and on the picture</source>
   <translation>In der Tabelle und auf dem Bild zeigen</translation>
  </message>
  <message>
   <source>Show what surveys measured of this field, to colour the frame with</source>
   <translation>Zeigen, was Durchmusterungen von diesem Feld gemessen haben, um die Aufnahme damit zu färben</translation>
  </message>
  <message>
   <source>Show what the surveys have of this field</source>
   <translation>Zeigen, was die Durchmusterungen von diesem Feld haben</translation>
  </message>
  <message>
   <source>Show: {group}</source>
   <translation>Zeigen: {group}</translation>
  </message>
  <message>
   <source>Shows</source>
   <translation>Zeigt</translation>
  </message>
  <message>
   <source>Side by side</source>
   <translation>Nebeneinander</translation>
  </message>
  <message>
   <source>Side panels</source>
   <translation>Seitenleisten</translation>
  </message>
  <message>
   <source>Sift a folder of very many frames</source>
   <translation>Einen Ordner mit sehr vielen Aufnahmen sichten</translation>
  </message>
  <message>
   <source>Sigma in pixels</source>
   <translation>Sigma in Pixeln</translation>
  </message>
  <message>
   <source>Signal to noise</source>
   <translation>Signal zu Rauschen</translation>
  </message>
  <message>
   <source>Signal-to-noise of its intervals, at least</source>
   <translation>Signal zu Rauschen nach ihren Intervallen, mindestens</translation>
  </message>
  <message>
   <source>Size</source>
   <translation>Größe</translation>
  </message>
  <message>
   <source>Size of an answer, at most</source>
   <translation>Größe einer Antwort, höchstens</translation>
  </message>
  <message>
   <source>Size of text</source>
   <translation>Schriftgröße</translation>
  </message>
  <message>
   <source>Sizes are numbers above 0, in pixels of the frame.</source>
   <translation>Größen sind Zahlen über 0, in Pixeln des Bildes.</translation>
  </message>
  <message>
   <source>Sizes on the sky take " and ', or p for pixels</source>
   <translation>Größen am Himmel mit " und ', oder p für Pixel</translation>
  </message>
  <message>
   <source>Sky around</source>
   <translation>Himmel ringsum</translation>
  </message>
  <message>
   <source>Sky from</source>
   <translation>Himmel von</translation>
  </message>
  <message>
   <source>Sky to</source>
   <translation>Himmel bis</translation>
  </message>
  <message>
   <source>SkyView, DSS2 red</source>
   <translation>SkyView, DSS2 rot</translation>
  </message>
  <message>
   <source>Slice a plane of it first.</source>
   <translation>Erst eine Ebene herausschneiden.</translation>
  </message>
  <message>
   <source>Sloan, colour</source>
   <translation>Sloan, Farbe</translation>
  </message>
  <message>
   <source>Sloan, frames in g, r, i</source>
   <translation>Sloan, Bilder in g, r, i</translation>
  </message>
  <message>
   <source>Small additions to frozen weights: a small file, little forgetting</source>
   <translation>Kleine Zusätze zu festen Gewichten: eine kleine Datei, wenig Vergessen</translation>
  </message>
  <message>
   <source>Small files that claim to be so large are mostly damaged, or made to do harm.</source>
   <translation>Kleine Dateien, die so groß sein wollen, sind meist beschädigt oder sollen schaden.</translation>
  </message>
  <message>
   <source>Smaller pictures</source>
   <translation>Kleinere Bilder</translation>
  </message>
  <message>
   <source>Smooth</source>
   <translation>Glätten</translation>
  </message>
  <message>
   <source>Smooth by …</source>
   <translation>Glätten um …</translation>
  </message>
  <message>
   <source>Smooth the picture</source>
   <translation>Das Bild glätten</translation>
  </message>
  <message>
   <source>Smoothing</source>
   <translation>Glättung</translation>
  </message>
  <message>
   <source>Softening: more lifts faint light and keeps bright cores</source>
   <translation>Weichheit: mehr hebt schwaches Licht an und erhält helle Kerne</translation>
  </message>
  <message>
   <source>Something unexpected went wrong ({name}: {error}).</source>
   <translation>Etwas Unerwartetes ging schief ({name}: {error}).</translation>
  </message>
  <message>
   <source>Sort</source>
   <translation>Sortieren</translation>
  </message>
  <message>
   <source>Sort by</source>
   <translation>Ordnen nach</translation>
  </message>
  <message>
   <source>Source</source>
   <translation>Quelle</translation>
  </message>
  <message>
   <source>Sources</source>
   <translation>Quellen</translation>
  </message>
  <message>
   <source>Sources are compared where a measured frame of a file was super-resolved.</source>
   <translation>Quellen werden verglichen, wo eine gemessene Aufnahme einer Datei geschärft wurde.</translation>
  </message>
  <message>
   <source>Sources before and after</source>
   <translation>Quellen vorher und nachher</translation>
  </message>
  <message>
   <source>Sources of the catalogue</source>
   <translation>Quellen des Katalogs</translation>
  </message>
  <message>
   <source>Space (hold)</source>
   <translation>Leertaste (halten)</translation>
  </message>
  <message>
   <source>Spectrum</source>
   <translation>Spektrum</translation>
  </message>
  <message>
   <source>Spectrum and moments</source>
   <translation>Spektrum und Momente</translation>
  </message>
  <message>
   <source>Split, across</source>
   <translation>Teilen, waagrecht</translation>
  </message>
  <message>
   <source>Split, upright</source>
   <translation>Teilen, senkrecht</translation>
  </message>
  <message>
   <source>Square root</source>
   <translation>Wurzel</translation>
  </message>
  <message>
   <source>Squared</source>
   <translation>Quadrat</translation>
  </message>
  <message>
   <source>Stack it, or save its frames as FITS, with a program such as Siril or PIPP.</source>
   <translation>Stapeln Sie es oder speichern Sie seine Bilder als FITS, etwa mit Siril oder PIPP.</translation>
  </message>
  <message>
   <source>Stacks of all fields into</source>
   <translation>Stapel aller Felder nach</translation>
  </message>
  <message>
   <source>Star</source>
   <translation>Stern</translation>
  </message>
  <message>
   <source>Star profile</source>
   <translation>Sternprofil</translation>
  </message>
  <message>
   <source>Star profile (W)</source>
   <translation>Sternprofil (W)</translation>
  </message>
  <message>
   <source>Stars</source>
   <translation>Sterne</translation>
  </message>
  <message>
   <source>Stars and galaxies of frames like yours: {figures}.</source>
   <translation>Sterne und Galaxien von Aufnahmen wie Ihren: {figures}.</translation>
  </message>
  <message>
   <source>Stars in view</source>
   <translation>Sichtbare Sterne</translation>
  </message>
  <message>
   <source>Stars of 2MASS</source>
   <translation>Sterne aus 2MASS</translation>
  </message>
  <message>
   <source>Stars of Gaia DR3</source>
   <translation>Sterne aus Gaia DR3</translation>
  </message>
  <message>
   <source>Stars of {name}</source>
   <translation>Sterne von {name}</translation>
  </message>
  <message>
   <source>Start</source>
   <translation>Start</translation>
  </message>
  <message>
   <source>Start (Ctrl+Enter)</source>
   <translation>Start (Strg+Eingabe)</translation>
  </message>
  <message>
   <source>Start TOPCAT or Aladin, which bring one, or start one here.</source>
   <translation>TOPCAT oder Aladin starten, die einen mitbringen, oder hier einen starten.</translation>
  </message>
  <message>
   <source>Start a hub</source>
   <translation>Hub starten</translation>
  </message>
  <message>
   <source>Start both runs</source>
   <translation>Beide Läufe starten</translation>
  </message>
  <message>
   <source>Start it and the same command again: what is done is skipped.</source>
   <translation>Ihn und denselben Befehl noch einmal starten: Fertiges wird übersprungen.</translation>
  </message>
  <message>
   <source>Start it, and combine again.</source>
   <translation>Ihn starten und noch einmal kombinieren.</translation>
  </message>
  <message>
   <source>Start or resume</source>
   <translation>Starten oder fortsetzen</translation>
  </message>
  <message>
   <source>Start some: dask worker ADDRESS.</source>
   <translation>Einige starten: dask worker ADRESSE.</translation>
  </message>
  <message>
   <source>Start the batch</source>
   <translation>Stapel starten</translation>
  </message>
  <message>
   <source>Start training</source>
   <translation>Training starten</translation>
  </message>
  <message>
   <source>Start x, y (FITS)</source>
   <translation>Anfang x, y (FITS)</translation>
  </message>
  <message>
   <source>Started a SAMP hub.</source>
   <translation>SAMP-Hub gestartet.</translation>
  </message>
  <message>
   <source>Starting …</source>
   <translation>Startet …</translation>
  </message>
  <message>
   <source>State</source>
   <translation>Stand</translation>
  </message>
  <message>
   <source>Stay, and enhance frames that come into the folders later, once they are complete</source>
   <translation>Bleiben und Bilder verbessern, die später in die Ordner kommen, sobald sie vollständig sind</translation>
  </message>
  <message>
   <source>Std. deviation</source>
   <translation>Standardabweichung</translation>
  </message>
  <message>
   <source>Std., 3σ clipped</source>
   <translation>Std.-Abw., 3σ gekappt</translation>
  </message>
  <message>
   <source>Step</source>
   <translation>Schritt</translation>
  </message>
  <message>
   <source>Steps</source>
   <translation>Schritte</translation>
  </message>
  <message>
   <source>Steps that can be undone</source>
   <translation>Schritte, die sich zurücknehmen lassen</translation>
  </message>
  <message>
   <source>Stop</source>
   <translation>Anhalten</translation>
  </message>
  <message>
   <source>Stop (Esc)</source>
   <translation>Anhalten (Esc)</translation>
  </message>
  <message>
   <source>Stop and keep</source>
   <translation>Anhalten und behalten</translation>
  </message>
  <message>
   <source>Stop and quit</source>
   <translation>Abbrechen und beenden</translation>
  </message>
  <message>
   <source>Stop opening</source>
   <translation>Öffnen abbrechen</translation>
  </message>
  <message>
   <source>Stop the batch; what is done stays</source>
   <translation>Stapel anhalten; was fertig ist, bleibt</translation>
  </message>
  <message>
   <source>Stopped</source>
   <translation>Angehalten</translation>
  </message>
  <message>
   <source>Stopped before a frame came</source>
   <translation>Angehalten, bevor ein Bild kam</translation>
  </message>
  <message>
   <source>Stopped: {title}</source>
   <translation>Angehalten: {title}</translation>
  </message>
  <message>
   <source>Stopped; nothing was kept</source>
   <translation>Angehalten; nichts wurde behalten</translation>
  </message>
  <message>
   <source>Stopped; the next start goes on from here.</source>
   <translation>Angehalten; der nächste Start macht hier weiter.</translation>
  </message>
  <message>
   <source>Stopping after this step …</source>
   <translation>Hält nach diesem Schritt an …</translation>
  </message>
  <message>
   <source>Stopping …</source>
   <translation>Hält an …</translation>
  </message>
  <message>
   <source>Stream from files</source>
   <translation>Aus Dateien nachlesen</translation>
  </message>
  <message>
   <source>Stretch</source>
   <translation>Streckung</translation>
  </message>
  <message>
   <source>Stretch, limits and colours of the picture that is worked on; off: each has its own</source>
   <translation>Streckung, Grenzen und Farben des Bildes, an dem gearbeitet wird; aus: jedes hat seine eigenen</translation>
  </message>
  <message>
   <source>Sub-folders too</source>
   <translation>Auch Unterordner</translation>
  </message>
  <message>
   <source>Subtracting …</source>
   <translation>Wird abgezogen …</translation>
  </message>
  <message>
   <source>Such as stack.fits.</source>
   <translation>Etwa stack.fits.</translation>
  </message>
  <message>
   <source>Such as {name}.{suffix}</source>
   <translation>Etwa {name}.{suffix}</translation>
  </message>
  <message>
   <source>Such files have {most} bytes at most.</source>
   <translation>Solche Dateien haben höchstens {most} Byte.</translation>
  </message>
  <message>
   <source>Sum</source>
   <translation>Summe</translation>
  </message>
  <message>
   <source>Sum above the sky</source>
   <translation>Summe über dem Himmel</translation>
  </message>
  <message>
   <source>Sums of pixels</source>
   <translation>Summen der Pixel</translation>
  </message>
  <message>
   <source>Super-resolver</source>
   <translation>Schärfer</translation>
  </message>
  <message>
   <source>Super-resolver ×2</source>
   <translation>Schärfer ×2</translation>
  </message>
  <message>
   <source>Super-resolver ×2 for pictures</source>
   <translation>Schärfer ×2 für Bilder</translation>
  </message>
  <message>
   <source>Super-resolver ×4</source>
   <translation>Schärfer ×4</translation>
  </message>
  <message>
   <source>Super-resolver ×4 for pictures</source>
   <translation>Schärfer ×4 für Bilder</translation>
  </message>
  <message>
   <source>Super-resolvers that others trained come as .pth, .safetensors or .onnx. Nothing in such a file is run but its network, and that is tried on a small picture first.</source>
   <translation>Super-Resolver, die andere trainiert haben, kommen als .pth, .safetensors oder .onnx. In einer solchen Datei wird nichts ausgeführt als ihr Netz, und das wird zuerst an einem kleinen Bild erprobt.</translation>
  </message>
  <message>
   <source>Survey</source>
   <translation>Durchmusterung</translation>
  </message>
  <message>
   <source>Survey, the first that has it</source>
   <translation>Durchmusterung, die erste, die es hat</translation>
  </message>
  <message>
   <source>Surveys are {surveys}, hips:ID for any colour HiPS, and “{any}” for the first optical one that imaged the field.</source>
   <translation>Durchmusterungen sind {surveys}, hips:ID für jedes farbige HiPS, und „{any}“ für die erste optische, die das Feld aufgenommen hat.</translation>
  </message>
  <message>
   <source>TIFF, 16 bit</source>
   <translation>TIFF, 16 Bit</translation>
  </message>
  <message>
   <source>TIFF, 16 bit (*.tiff)</source>
   <translation>TIFF, 16 Bit (*.tiff)</translation>
  </message>
  <message>
   <source>Tab, Shift+Tab</source>
   <translation>Tab, Umschalt+Tab</translation>
  </message>
  <message>
   <source>Table</source>
   <translation>Tabelle</translation>
  </message>
  <message>
   <source>Table (*.csv)</source>
   <translation>Tabelle (*.csv)</translation>
  </message>
  <message>
   <source>Table of sources</source>
   <translation>Tabelle der Quellen</translation>
  </message>
  <message>
   <source>Tables</source>
   <translation>Tabellen</translation>
  </message>
  <message>
   <source>Tag</source>
   <translation>Stichwort</translation>
  </message>
  <message>
   <source>Tag …</source>
   <translation>Stichwort …</translation>
  </message>
  <message>
   <source>Tags</source>
   <translation>Stichwörter</translation>
  </message>
  <message>
   <source>Tags, with commas between them</source>
   <translation>Stichwörter, durch Kommas getrennt</translation>
  </message>
  <message>
   <source>Take 1 to 1000, or None for as many as it needs.</source>
   <translation>Nehmen Sie 1 bis 1000, oder None für so viele wie nötig.</translation>
  </message>
  <message>
   <source>Take 1, 2, 3 or 4.</source>
   <translation>Nehmen Sie 1, 2, 3 oder 4.</translation>
  </message>
  <message>
   <source>Take a colour from the picture</source>
   <translation>Eine Farbe aus dem Bild nehmen</translation>
  </message>
  <message>
   <source>Take a picture in colour.</source>
   <translation>Ein Farbbild nehmen.</translation>
  </message>
  <message>
   <source>Take a picture of the same field, or a survey.</source>
   <translation>Ein Bild desselben Feldes nehmen, oder eine Durchmusterung.</translation>
  </message>
  <message>
   <source>Take a picture whose colours come from a telescope.</source>
   <translation>Ein Bild nehmen, dessen Farben von einem Teleskop stammen.</translation>
  </message>
  <message>
   <source>Take back a rejection</source>
   <translation>Verwerfen zurücknehmen</translation>
  </message>
  <message>
   <source>Take it off the shelf</source>
   <translation>Vom Regal nehmen</translation>
  </message>
  <message>
   <source>Take its colours</source>
   <translation>Seine Farben nehmen</translation>
  </message>
  <message>
   <source>Take its samples, or a channel of them.</source>
   <translation>Nehmen Sie seine Werte oder einen Kanal davon.</translation>
  </message>
  <message>
   <source>Take one of: {choices}.</source>
   <translation>Nehmen Sie eines von: {choices}.</translation>
  </message>
  <message>
   <source>Take out of groups</source>
   <translation>Aus Gruppen nehmen</translation>
  </message>
  <message>
   <source>Take palettes</source>
   <translation>Paletten nehmen</translation>
  </message>
  <message>
   <source>Take the colours of a picture</source>
   <translation>Die Farben eines Bildes nehmen</translation>
  </message>
  <message>
   <source>Take the colours of pictures; no training</source>
   <translation>Die Farben von Bildern übernehmen; ohne Training</translation>
  </message>
  <message>
   <source>Take the palette of a colour picture: click, or drop one here</source>
   <translation>Die Palette eines Farbbildes nehmen: anklicken oder eines hier ablegen</translation>
  </message>
  <message>
   <source>Take the palette of a picture</source>
   <translation>Die Palette eines Bildes nehmen</translation>
  </message>
  <message>
   <source>Taken from the picture</source>
   <translation>Aus dem Bild genommen</translation>
  </message>
  <message>
   <source>Taking palettes</source>
   <translation>Paletten werden genommen</translation>
  </message>
  <message>
   <source>Target</source>
   <translation>Ziel</translation>
  </message>
  <message>
   <source>Target: {target}</source>
   <translation>Ziel: {target}</translation>
  </message>
  <message>
   <source>Teach it one: no --keep-head.</source>
   <translation>Bringen Sie ihm einen bei: ohne --keep-head.</translation>
  </message>
  <message>
   <source>Teal and gold</source>
   <translation>Türkis und Gold</translation>
  </message>
  <message>
   <source>TensorBoard logs</source>
   <translation>Protokolle für TensorBoard</translation>
  </message>
  <message>
   <source>Test</source>
   <translation>Test</translation>
  </message>
  <message>
   <source>Test again</source>
   <translation>Neu testen</translation>
  </message>
  <message>
   <source>Testing …</source>
   <translation>Wird getestet …</translation>
  </message>
  <message>
   <source>Tests of devices</source>
   <translation>Tests der Geräte</translation>
  </message>
  <message>
   <source>Text</source>
   <translation>Text</translation>
  </message>
  <message>
   <source>Text or diagram</source>
   <translation>Text oder Diagramm</translation>
  </message>
  <message>
   <source>That is better than {idle}: {value}.</source>
   <translation>Das ist besser als {idle}: {value}.</translation>
  </message>
  <message>
   <source>That is enough to begin with.</source>
   <translation>Das genügt für den Anfang.</translation>
  </message>
  <message>
   <source>That is little: expect a small gain, and more from {enough} targets on.</source>
   <translation>Das ist wenig: Zu erwarten ist ein kleiner Gewinn, mehr ab {enough} Zielen.</translation>
  </message>
  <message>
   <source>That is too little: at least {least} different targets are needed. {wanted}</source>
   <translation>Das ist zu wenig: Nötig sind mindestens {least} verschiedene Ziele. {wanted}</translation>
  </message>
  <message>
   <source>That is very little: a gain is unlikely to show in the scores. At least {few} targets are advised.</source>
   <translation>Das ist sehr wenig: Ein Gewinn wird sich in der Bewertung kaum zeigen. Ratsam sind mindestens {few} Ziele.</translation>
  </message>
  <message>
   <source>That is worse than {idle}: {value}.</source>
   <translation>Das ist schlechter als {idle}: {value}.</translation>
  </message>
  <message>
   <source>That needs DETSEC or CCDSEC in each header. Open its images as frames instead.</source>
   <translation>Das braucht DETSEC oder CCDSEC in jedem Header. Öffnen Sie ihre Bilder stattdessen als einzelne Aufnahmen.</translation>
  </message>
  <message>
   <source>That needs two or more images with DETSEC or CCDSEC in their headers.</source>
   <translation>Das braucht mindestens zwei Bilder mit DETSEC oder CCDSEC im Header.</translation>
  </message>
  <message>
   <source>That needs two or more images with sky coordinates in their headers.</source>
   <translation>Das braucht mindestens zwei Bilder mit Himmelskoordinaten im Header.</translation>
  </message>
  <message>
   <source>That needs two or more images with sky coordinates, DETSEC or CCDSEC.</source>
   <translation>Das braucht mindestens zwei Bilder mit Himmelskoordinaten, DETSEC oder CCDSEC.</translation>
  </message>
  <message>
   <source>The Dask scheduler at {address} is gone</source>
   <translation>Der Dask-Scheduler unter {address} ist fort</translation>
  </message>
  <message>
   <source>The Gaussian's sigma in pixels</source>
   <translation>Das Sigma der Gaußkurve in Pixeln</translation>
  </message>
  <message>
   <source>The band shown in blue</source>
   <translation>Das Band, das Blau zeigt</translation>
  </message>
  <message>
   <source>The band shown in green</source>
   <translation>Das Band, das Grün zeigt</translation>
  </message>
  <message>
   <source>The band shown in red</source>
   <translation>Das Band, das Rot zeigt</translation>
  </message>
  <message>
   <source>The batch could not start</source>
   <translation>Der Stapel konnte nicht starten</translation>
  </message>
  <message>
   <source>The batch goes on with the others.</source>
   <translation>Der Stapel macht mit den anderen weiter.</translation>
  </message>
  <message>
   <source>The batch has ended</source>
   <translation>Der Stapel ist zu Ende</translation>
  </message>
  <message>
   <source>The batch is done: {title}</source>
   <translation>Der Stapel ist fertig: {title}</translation>
  </message>
  <message>
   <source>The batch is stopping.</source>
   <translation>Der Stapel hält an.</translation>
  </message>
  <message>
   <source>The batch stopped unexpectedly.</source>
   <translation>Der Stapel hielt unerwartet an.</translation>
  </message>
  <message>
   <source>The box is large: every {step}th row and column was measured.</source>
   <translation>Das Rechteck ist groß: Gemessen wurde jede {step}. Zeile und Spalte.</translation>
  </message>
  <message>
   <source>The budget: {each}.</source>
   <translation>Das Budget: {each}.</translation>
  </message>
  <message>
   <source>The bundled models are missing; install astroview again.</source>
   <translation>Die mitgelieferten Modelle fehlen; astroview noch einmal installieren.</translation>
  </message>
  <message>
   <source>The catalogue's sources on this frame</source>
   <translation>Die Quellen des Katalogs auf diesem Bild</translation>
  </message>
  <message>
   <source>The checkpoint of step {kept:,} is kept: Resume goes on from there.</source>
   <translation>Der Zwischenstand von Schritt {kept:,} bleibt: Fortsetzen macht dort weiter.</translation>
  </message>
  <message>
   <source>The chosen source</source>
   <translation>Die gewählte Quelle</translation>
  </message>
  <message>
   <source>The cluster at {address} has no workers</source>
   <translation>Der Cluster unter {address} hat keine Arbeiter</translation>
  </message>
  <message>
   <source>The colour of what is chosen</source>
   <translation>Die Farbe des Gewählten</translation>
  </message>
  <message>
   <source>The colours and the values they stand for</source>
   <translation>Die Farben und die Werte, für die sie stehen</translation>
  </message>
  <message>
   <source>The colours were not saved as {name}: {strerror}</source>
   <translation>Die Farben wurden nicht als {name} gespeichert: {strerror}</translation>
  </message>
  <message>
   <source>The column {name} holds more than 24 hours</source>
   <translation>Die Spalte {name} enthält mehr als 24 Stunden</translation>
  </message>
  <message>
   <source>The column {name} holds no positions but {dtype_name} values</source>
   <translation>Die Spalte {name} enthält keine Positionen, sondern {dtype_name}</translation>
  </message>
  <message>
   <source>The column {name} is in “{unit}”, which is no angle</source>
   <translation>Die Spalte {name} ist in „{unit}“, das kein Winkel ist</translation>
  </message>
  <message>
   <source>The contrast and the number of samples of zscale</source>
   <translation>Kontrast und Zahl der Werte von zscale</translation>
  </message>
  <message>
   <source>The controls act on all channels together</source>
   <translation>Die Regler wirken auf alle Kanäle</translation>
  </message>
  <message>
   <source>The controls act on blue alone</source>
   <translation>Die Regler wirken nur auf Blau</translation>
  </message>
  <message>
   <source>The controls act on green alone</source>
   <translation>Die Regler wirken nur auf Grün</translation>
  </message>
  <message>
   <source>The controls act on red alone</source>
   <translation>Die Regler wirken nur auf Rot</translation>
  </message>
  <message>
   <source>The convention of colour to paint in</source>
   <translation>Die Farbgebung, in der gemalt wird</translation>
  </message>
  <message>
   <source>The coordinates of this frame make no grid.</source>
   <translation>Die Koordinaten dieses Bildes ergeben kein Netz.</translation>
  </message>
  <message>
   <source>The curation ended before it was done</source>
   <translation>Die Sichtung endete, bevor sie fertig war</translation>
  </message>
  <message>
   <source>The curve bends brightness and leaves colours alone (Lupton et al. 2004)</source>
   <translation>Die Kurve biegt die Helligkeit und lässt Farben in Ruhe (Lupton et al. 2004)</translation>
  </message>
  <message>
   <source>The enhancer stopped unexpectedly while working on {name}</source>
   <translation>Der Verbesserer hielt unerwartet an, während er an {name} arbeitete</translation>
  </message>
  <message>
   <source>The enhancer stopped unexpectedly.</source>
   <translation>Der Verbesserer hielt unerwartet an.</translation>
  </message>
  <message>
   <source>The field of this frame is not known.</source>
   <translation>Das Feld dieses Bildes ist nicht bekannt.</translation>
  </message>
  <message>
   <source>The file as it was is {set_aside}.</source>
   <translation>Die bisherige Datei ist {set_aside}.</translation>
  </message>
  <message>
   <source>The file is damaged, or a newer astroview made it.</source>
   <translation>Die Datei ist beschädigt oder von einem neueren astroview.</translation>
  </message>
  <message>
   <source>The file is damaged, or is no safetensors file; get it once more.</source>
   <translation>Die Datei ist beschädigt oder keine safetensors-Datei; noch einmal besorgen.</translation>
  </message>
  <message>
   <source>The file was made for another network; import the right one.</source>
   <translation>Die Datei wurde für ein anderes Netz gemacht; die richtige importieren.</translation>
  </message>
  <message>
   <source>The file {name} that belongs to astroview is missing</source>
   <translation>Die Datei {name}, die zu astroview gehört, fehlt</translation>
  </message>
  <message>
   <source>The files that are done stay</source>
   <translation>Die fertigen Dateien bleiben</translation>
  </message>
  <message>
   <source>The first pictures come when the base model is scored.</source>
   <translation>Die ersten Bilder kommen, wenn das Ausgangsmodell bewertet ist.</translation>
  </message>
  <message>
   <source>The folder could not be looked through</source>
   <translation>Der Ordner konnte nicht durchgesehen werden</translation>
  </message>
  <message>
   <source>The folder is not there any more</source>
   <translation>Den Ordner gibt es nicht mehr</translation>
  </message>
  <message>
   <source>The frame at work is given up. Nothing that is done is lost: the next time, astroview offers to resume the batch.</source>
   <translation>Das begonnene Bild wird aufgegeben. Nichts Fertiges geht verloren: Beim nächsten Mal bietet astroview an, den Stapel fortzusetzen.</translation>
  </message>
  <message>
   <source>The frame does not say where on the sky it is</source>
   <translation>Die Aufnahme sagt nicht, wo am Himmel sie liegt</translation>
  </message>
  <message>
   <source>The frame opens without them. Delete the file to be rid of this notice.</source>
   <translation>Das Bild wird ohne sie geöffnet. Ohne die Datei erscheint diese Meldung nicht mehr.</translation>
  </message>
  <message>
   <source>The frame shows another part of the sky.</source>
   <translation>Das Bild zeigt einen anderen Teil des Himmels.</translation>
  </message>
  <message>
   <source>The frames are being looked at</source>
   <translation>Die Aufnahmen werden durchgesehen</translation>
  </message>
  <message>
   <source>The header of HDU {hdu} of {name} cannot be read</source>
   <translation>Der Header der HDU {hdu} von {name} ist nicht lesbar</translation>
  </message>
  <message>
   <source>The key ? shows all keys, Ctrl+K finds any command by a few letters.</source>
   <translation>Die Taste ? zeigt alle Tasten, Strg+K findet jeden Befehl anhand weniger Buchstaben.</translation>
  </message>
  <message>
   <source>The language changes when astroview starts again.</source>
   <translation>Die Sprache wechselt beim nächsten Start von astroview.</translation>
  </message>
  <message>
   <source>The last batch was interrupted.</source>
   <translation>Der letzte Stapel wurde unterbrochen.</translation>
  </message>
  <message>
   <source>The last checkpoint is kept: --resume.</source>
   <translation>Der letzte Zwischenstand bleibt: --resume.</translation>
  </message>
  <message>
   <source>The last layers</source>
   <translation>Die letzten Schichten</translation>
  </message>
  <message>
   <source>The last session was cut short.</source>
   <translation>Die letzte Sitzung wurde unterbrochen.</translation>
  </message>
  <message>
   <source>The last training was interrupted.</source>
   <translation>Das letzte Training wurde unterbrochen.</translation>
  </message>
  <message>
   <source>The log tells more.</source>
   <translation>Das Protokoll sagt mehr.</translation>
  </message>
  <message>
   <source>The looking was stopped; choose the folder again</source>
   <translation>Das Durchsehen wurde abgebrochen; den Ordner noch einmal wählen</translation>
  </message>
  <message>
   <source>The lower and the upper one</source>
   <translation>Das untere und das obere</translation>
  </message>
  <message>
   <source>The machines of a cluster find sets of bands only in a folder that all share</source>
   <translation>Die Rechner eines Clusters finden Bändersätze nur in einem Ordner, den alle teilen</translation>
  </message>
  <message>
   <source>The magnitude of one unit; from the header, or typed</source>
   <translation>Die Helligkeit einer Einheit; aus dem Header oder getippt</translation>
  </message>
  <message>
   <source>The marked frames, or all, side by side</source>
   <translation>Die markierten Bilder, oder alle, nebeneinander</translation>
  </message>
  <message>
   <source>The mean of 8 flips and turns: 8 times slower, a little nearer</source>
   <translation>Das Mittel aus 8 Spiegelungen und Drehungen: 8-mal langsamer, etwas näher</translation>
  </message>
  <message>
   <source>The method's own</source>
   <translation>Die der Methode</translation>
  </message>
  <message>
   <source>The middle of the view</source>
   <translation>Die Mitte der Ansicht</translation>
  </message>
  <message>
   <source>The model does not go on your shelf</source>
   <translation>Das Modell kommt nicht ins Regal</translation>
  </message>
  <message>
   <source>The model is in {name}.</source>
   <translation>Das Modell liegt in {name}.</translation>
  </message>
  <message>
   <source>The model that the run begins with</source>
   <translation>Das Modell, mit dem der Lauf beginnt</translation>
  </message>
  <message>
   <source>The model {model} here is not the one that made it (sha256 {sha}...)</source>
   <translation>Das Modell {model} hier ist nicht das, womit es entstand (sha256 {sha}...)</translation>
  </message>
  <message>
   <source>The most to use</source>
   <translation>Höchstens zu benutzen</translation>
  </message>
  <message>
   <source>The most to use of it</source>
   <translation>Davon höchstens zu benutzen</translation>
  </message>
  <message>
   <source>The network looks once</source>
   <translation>Das Netz sieht einmal hin</translation>
  </message>
  <message>
   <source>The next frame after each rating or rejection</source>
   <translation>Nach jeder Bewertung oder Verwerfung die nächste Aufnahme</translation>
  </message>
  <message>
   <source>The next plane of a cube</source>
   <translation>Die nächste Ebene eines Würfels</translation>
  </message>
  <message>
   <source>The oldest results were dropped to make room: {names}.</source>
   <translation>Die ältesten Ergebnisse mussten weichen: {names}.</translation>
  </message>
  <message>
   <source>The original of {file} is not beside it</source>
   <translation>Das Original von {file} liegt nicht daneben</translation>
  </message>
  <message>
   <source>The original of {file}, {name}, is not beside it</source>
   <translation>Das Original von {file}, {name}, liegt nicht daneben</translation>
  </message>
  <message>
   <source>The other one is laid as large as fits.</source>
   <translation>Das andere liegt darin, so groß es passt.</translation>
  </message>
  <message>
   <source>The other way round</source>
   <translation>Andersherum</translation>
  </message>
  <message>
   <source>The overview of a large frame cannot be kept: {strerror}</source>
   <translation>Die Übersicht eines großen Bildes lässt sich nicht aufbewahren: {strerror}</translation>
  </message>
  <message>
   <source>The palettes were not saved: {strerror}</source>
   <translation>Die Paletten wurden nicht gespeichert: {strerror}</translation>
  </message>
  <message>
   <source>The palettes {name} were not changed: {strerror}</source>
   <translation>Die Paletten {name} wurden nicht geändert: {strerror}</translation>
  </message>
  <message>
   <source>The palettes “{name}” are kept.</source>
   <translation>Die Paletten „{name}“ sind behalten.</translation>
  </message>
  <message>
   <source>The palettes “{name}” are removed.</source>
   <translation>Die Paletten „{name}“ sind entfernt.</translation>
  </message>
  <message>
   <source>The picture may mix old and new samples until it is read again.</source>
   <translation>Bis zum Neuladen mischt das Bild vielleicht alte und neue Werte.</translation>
  </message>
  <message>
   <source>The picture under a Gaussian; no value is changed</source>
   <translation>Das Bild unter einer Gaußkurve; kein Wert ändert sich</translation>
  </message>
  <message>
   <source>The pixels around the mouse</source>
   <translation>Die Pixel um den Zeiger</translation>
  </message>
  <message>
   <source>The pixels under the mouse, beside the picture</source>
   <translation>Die Pixel unter dem Zeiger, neben dem Bild</translation>
  </message>
  <message>
   <source>The position under the cursor is copied.</source>
   <translation>Der Ort unter dem Zeiger ist kopiert.</translation>
  </message>
  <message>
   <source>The process that computes ended unexpectedly (exit code {code})</source>
   <translation>Der rechnende Prozess endete unerwartet (Code {code})</translation>
  </message>
  <message>
   <source>The recipe needs {architecture} with {dict}.</source>
   <translation>Das Rezept braucht {architecture} mit {dict}.</translation>
  </message>
  <message>
   <source>The region is large: every {step}th row and column was measured.</source>
   <translation>Die Region ist groß: jede {step}. Zeile und Spalte wurde gemessen.</translation>
  </message>
  <message>
   <source>The report cannot be kept in {place}: {strerror}</source>
   <translation>Der Bericht lässt sich in {place} nicht aufbewahren: {strerror}</translation>
  </message>
  <message>
   <source>The report says why for each file; accept some all the same, or add others.</source>
   <translation>Der Bericht nennt zu jeder Datei den Grund; einige trotzdem annehmen oder andere hinzufügen.</translation>
  </message>
  <message>
   <source>The report {path} cannot be written: {strerror}</source>
   <translation>Der Bericht {path} lässt sich nicht schreiben: {strerror}</translation>
  </message>
  <message>
   <source>The result needs a name</source>
   <translation>Das Ergebnis braucht einen Namen</translation>
  </message>
  <message>
   <source>The results are complete; name another place with --report.</source>
   <translation>Die Ergebnisse sind vollständig; mit --report einen anderen Ort nennen.</translation>
  </message>
  <message>
   <source>The run is in the system's trash.</source>
   <translation>Der Lauf ist im Papierkorb des Systems.</translation>
  </message>
  <message>
   <source>The run is not listed any more; its folder is where it was.</source>
   <translation>Der Lauf steht nicht mehr in der Liste; sein Ordner ist, wo er war.</translation>
  </message>
  <message>
   <source>The runs there are</source>
   <translation>Vorhandene Läufe</translation>
  </message>
  <message>
   <source>The same seed on the same machine learns the same</source>
   <translation>Dieselbe Startzahl auf demselben Rechner lernt dasselbe</translation>
  </message>
  <message>
   <source>The sample frame is missing.</source>
   <translation>Das Beispielbild fehlt.</translation>
  </message>
  <message>
   <source>The samples are the original's. The colour over them is painted and was not measured.</source>
   <translation>Die Werte sind die des Originals. Die Farbe darüber ist gemalt und wurde nicht gemessen.</translation>
  </message>
  <message>
   <source>The settings cannot be kept: {strerror}</source>
   <translation>Die Einstellungen lassen sich nicht behalten: {strerror}</translation>
  </message>
  <message>
   <source>The settings say so, under Network, or ASTROVIEW_OFFLINE.</source>
   <translation>So steht es in den Einstellungen unter Netz, oder in ASTROVIEW_OFFLINE.</translation>
  </message>
  <message>
   <source>The star is cut by the edge of the frame.</source>
   <translation>Der Bildrand schneidet den Stern an.</translation>
  </message>
  <message>
   <source>The star is saturated: its peak reaches {level:.6g}, the detector's most.</source>
   <translation>Der Stern ist gesättigt: seine Spitze erreicht {level:.6g}, das Höchste des Detektors.</translation>
  </message>
  <message>
   <source>The star is undersampled (or a cosmic ray): its width is uncertain.</source>
   <translation>Der Stern ist zu grob abgetastet (oder ein kosmischer Treffer): Seine Breite ist unsicher.</translation>
  </message>
  <message>
   <source>The star of the first region, or the one chosen in the table, in every open frame</source>
   <translation>Der Stern der ersten Region, oder der in der Tabelle gewählte, in jeder offenen Aufnahme</translation>
  </message>
  <message>
   <source>The steps that were done, to go back to</source>
   <translation>Die getanen Schritte, um zu ihnen zurückzukehren</translation>
  </message>
  <message>
   <source>The table is copied.</source>
   <translation>Die Tabelle ist kopiert.</translation>
  </message>
  <message>
   <source>The top is flat: the star is probably saturated.</source>
   <translation>Die Spitze ist flach: Der Stern ist wohl gesättigt.</translation>
  </message>
  <message>
   <source>The trainer ended without a word.</source>
   <translation>Der Trainer endete ohne ein Wort.</translation>
  </message>
  <message>
   <source>The tuned model is not on your shelf.</source>
   <translation>Das abgestimmte Modell steht nicht im Regal.</translation>
  </message>
  <message>
   <source>The value shown as black</source>
   <translation>Der Wert, der schwarz erscheint</translation>
  </message>
  <message>
   <source>The value shown as white</source>
   <translation>Der Wert, der weiß erscheint</translation>
  </message>
  <message>
   <source>The view on one page</source>
   <translation>Die Ansicht auf einer Seite</translation>
  </message>
  <message>
   <source>The view was sent to the printer.</source>
   <translation>Die Ansicht ist beim Drucker.</translation>
  </message>
  <message>
   <source>The view with scale bar and credit line, as PNG or SVG</source>
   <translation>Die Ansicht mit Maßstab und Quellenzeile, als PNG oder SVG</translation>
  </message>
  <message>
   <source>The whole frame and what is seen of it</source>
   <translation>Das ganze Bild und was davon zu sehen ist</translation>
  </message>
  <message>
   <source>The whole frame: click or drag to look there</source>
   <translation>Das ganze Bild: Klicken oder ziehen, um dorthin zu sehen</translation>
  </message>
  <message>
   <source>Their checksum differs from the card's; copy the model again.</source>
   <translation>Ihre Prüfsumme weicht von der Karte ab; das Modell noch einmal kopieren.</translation>
  </message>
  <message>
   <source>Their checksum differs from the card's; get the model once more.</source>
   <translation>Ihre Prüfsumme weicht von der Karte ab; das Modell noch einmal besorgen.</translation>
  </message>
  <message>
   <source>Their results are kept, in case the files come back.</source>
   <translation>Ihre Ergebnisse bleiben, falls die Dateien wiederkommen.</translation>
  </message>
  <message>
   <source>Their true colour comes before a guessed one.</source>
   <translation>Ihre wahre Farbe geht vor eine vermutete.</translation>
  </message>
  <message>
   <source>Theme</source>
   <translation>Erscheinungsbild</translation>
  </message>
  <message>
   <source>There are no frames to combine</source>
   <translation>Es sind keine Aufnahmen zum Kombinieren da</translation>
  </message>
  <message>
   <source>There are no regions to paste.</source>
   <translation>Es gibt keine Regionen zum Einfügen.</translation>
  </message>
  <message>
   <source>There are {known}.</source>
   <translation>Es gibt {known}.</translation>
  </message>
  <message>
   <source>There are: {known}.</source>
   <translation>Es gibt: {known}.</translation>
  </message>
  <message>
   <source>There is no catalogue to send.</source>
   <translation>Es gibt keinen Katalog zu senden.</translation>
  </message>
  <message>
   <source>There is no data along this line.</source>
   <translation>Entlang dieser Linie gibt es keine Daten.</translation>
  </message>
  <message>
   <source>There is no data here.</source>
   <translation>Hier gibt es keine Daten.</translation>
  </message>
  <message>
   <source>There is no data in this box.</source>
   <translation>In diesem Rechteck gibt es keine Daten.</translation>
  </message>
  <message>
   <source>There is no data in this region.</source>
   <translation>In dieser Region sind keine Daten.</translation>
  </message>
  <message>
   <source>There is no file {path}</source>
   <translation>Es gibt keine Datei {path}</translation>
  </message>
  <message>
   <source>There is no file {url}</source>
   <translation>Es gibt keine Datei {url}</translation>
  </message>
  <message>
   <source>There is no folder to watch</source>
   <translation>Es gibt keinen Ordner zu beobachten</translation>
  </message>
  <message>
   <source>There is no folder {folder} to watch</source>
   <translation>Es gibt keinen Ordner {folder} zu beobachten</translation>
  </message>
  <message>
   <source>There is no frame in {name}.</source>
   <translation>In {name} ist kein Bild.</translation>
  </message>
  <message>
   <source>There is no frame in {words}.</source>
   <translation>In {words} ist kein Bild.</translation>
  </message>
  <message>
   <source>There is no image to enhance</source>
   <translation>Es gibt kein Bild zu verbessern</translation>
  </message>
  <message>
   <source>There is no log of this run here.</source>
   <translation>Hier ist kein Protokoll dieses Laufs.</translation>
  </message>
  <message>
   <source>There is no model to begin with; import one</source>
   <translation>Es gibt kein Modell zum Anfangen; eines importieren</translation>
  </message>
  <message>
   <source>There is no printer.</source>
   <translation>Es gibt keinen Drucker.</translation>
  </message>
  <message>
   <source>There is no room for scratch: {strerror}</source>
   <translation>Für Zwischendateien ist kein Platz: {strerror}</translation>
  </message>
  <message>
   <source>There is no room for {size:.0f} MB of scratch in {parent}</source>
   <translation>Für {size:.0f} MB Zwischendateien ist in {parent} kein Platz</translation>
  </message>
  <message>
   <source>There is no star to measure</source>
   <translation>Es gibt keinen Stern zu messen</translation>
  </message>
  <message>
   <source>There is no trash for this run.</source>
   <translation>Für diesen Lauf gibt es keinen Papierkorb.</translation>
  </message>
  <message>
   <source>There is no {problem}</source>
   <translation>{problem} gibt es nicht</translation>
  </message>
  <message>
   <source>There is no “{field}” of frames</source>
   <translation>„{field}“ gibt es von Aufnahmen nicht</translation>
  </message>
  <message>
   <source>There is not enough memory for this frame</source>
   <translation>Für diese Aufnahme reicht der Speicher nicht</translation>
  </message>
  <message>
   <source>There is nothing to copy.</source>
   <translation>Es gibt nichts zu kopieren.</translation>
  </message>
  <message>
   <source>There is nothing to do: neither colour nor a scale of 2 is wanted</source>
   <translation>Es gibt nichts zu tun: weder Farbe noch doppelte Auflösung gewünscht</translation>
  </message>
  <message>
   <source>There is nothing to keep as a region.</source>
   <translation>Es gibt nichts, was als Region zu behalten wäre.</translation>
  </message>
  <message>
   <source>There is too little here to learn colour from</source>
   <translation>Hier ist zu wenig, um Farbe zu lernen</translation>
  </message>
  <message>
   <source>There is too little here to learn sharpness from</source>
   <translation>Hier ist zu wenig, um Schärfe zu lernen</translation>
  </message>
  <message>
   <source>These contours on every frame</source>
   <translation>Diese Höhenlinien auf jedem Bild</translation>
  </message>
  <message>
   <source>These frames were taken through different filters: {names}</source>
   <translation>Diese Aufnahmen entstanden durch verschiedene Filter: {names}</translation>
  </message>
  <message>
   <source>These radii make no ring</source>
   <translation>Diese Radien ergeben keinen Ring</translation>
  </message>
  <message>
   <source>They can be enhanced all at once, or looked through as small pictures.</source>
   <translation>Sie können alle auf einmal verbessert oder als kleine Bilder durchgesehen werden.</translation>
  </message>
  <message>
   <source>They do not belong together; get the model once more.</source>
   <translation>Sie gehören nicht zusammen; das Modell noch einmal besorgen.</translation>
  </message>
  <message>
   <source>They do not belong together; import the model again.</source>
   <translation>Sie gehören nicht zusammen; das Modell noch einmal importieren.</translation>
  </message>
  <message>
   <source>They may be {states}.</source>
   <translation>Sie können sein: {states}.</translation>
  </message>
  <message>
   <source>They stand where their proper motions bring them in {year:.1f}. {hint}</source>
   <translation>Sie stehen, wohin ihre Eigenbewegungen sie {year:.1f} bringen. {hint}</translation>
  </message>
  <message>
   <source>This colour was measured by {known}.</source>
   <translation>Diese Farbe wurde von {known} gemessen.</translation>
  </message>
  <message>
   <source>This command could not be finished</source>
   <translation>Dieser Befehl ließ sich nicht zu Ende führen</translation>
  </message>
  <message>
   <source>This field as a new frame</source>
   <translation>Dieses Feld als neues Bild</translation>
  </message>
  <message>
   <source>This file has no plane of flags.</source>
   <translation>Diese Datei hat keine Ebene mit Markierungen.</translation>
  </message>
  <message>
   <source>This frame has no FITS header.</source>
   <translation>Dieses Bild hat keinen FITS-Header.</translation>
  </message>
  <message>
   <source>This frame has no position on the sky.</source>
   <translation>Dieses Bild hat keinen Ort am Himmel.</translation>
  </message>
  <message>
   <source>This frame has no regions to measure</source>
   <translation>Dieses Bild hat keine Regionen zu messen</translation>
  </message>
  <message>
   <source>This frame has no regions to save.</source>
   <translation>Dieses Bild hat keine Regionen zu speichern.</translation>
  </message>
  <message>
   <source>This frame has no regions to send.</source>
   <translation>Dieses Bild hat keine Regionen zum Senden.</translation>
  </message>
  <message>
   <source>This frame has no sky coordinates (WCS), so no grid can be drawn.</source>
   <translation>Dieses Bild hat keine Himmelskoordinaten (WCS), also auch kein Netz.</translation>
  </message>
  <message>
   <source>This is a blend: a neighbour, {distance:.1f} pixels away, is in the aperture with {share:.0%} of the height. Width and flux are of both.</source>
   <translation>Zwei Sterne in einem: ein Nachbar, {distance:.1f} Pixel entfernt, liegt mit {share:.0%} der Höhe in der Blende. Breite und Fluss sind die beider.</translation>
  </message>
  <message>
   <source>This is a single bright pixel: a hot pixel or a cosmic ray, not a star.</source>
   <translation>Das ist ein einzelnes helles Pixel: ein heißes Pixel oder ein kosmischer Treffer, kein Stern.</translation>
  </message>
  <message>
   <source>This is too close to the edge of the frame.</source>
   <translation>Das ist zu nah am Bildrand.</translation>
  </message>
  <message>
   <source>This is too much to search for stars</source>
   <translation>Das ist zu viel, um nach Sternen zu suchen</translation>
  </message>
  <message>
   <source>This model did not learn to tell noise from structure</source>
   <translation>Dieses Modell hat nicht gelernt, Rauschen von Struktur zu unterscheiden</translation>
  </message>
  <message>
   <source>This package of astroview cannot take them up. In an environment of Python, run: {install}</source>
   <translation>Dieses Paket von astroview kann sie nicht aufnehmen. In einer Umgebung von Python: {install}</translation>
  </message>
  <message>
   <source>This page lies in the program's repository, not in the program.</source>
   <translation>Diese Seite liegt im Repository des Programms, nicht im Programm.</translation>
  </message>
  <message>
   <source>This run waits: its device trains another one</source>
   <translation>Dieser Lauf wartet: Sein Gerät trainiert einen anderen</translation>
  </message>
  <message>
   <source>This run was interrupted</source>
   <translation>Dieser Lauf wurde unterbrochen</translation>
  </message>
  <message>
   <source>This run was stopped</source>
   <translation>Dieser Lauf wurde angehalten</translation>
  </message>
  <message>
   <source>This scores it on skies whose truth is known. Where it is above bicubic on all of them, the mark is lifted and the figures stand in its card. DIR holds pictures, such as those of a run.</source>
   <translation>Dies bewertet es an Himmeln, deren Wahrheit bekannt ist. Ist es an allen besser als bikubisch, fällt die Kennzeichnung weg, und die Zahlen stehen auf seiner Karte. DIR enthält Bilder, etwa die eines Laufs.</translation>
  </message>
  <message>
   <source>This system cannot print.</source>
   <translation>Dieses System kann nicht drucken.</translation>
  </message>
  <message>
   <source>This window watches; pause or stop it where it was started.</source>
   <translation>Dieses Fenster sieht zu; anhalten oder beenden lässt er sich, wo er gestartet wurde.</translation>
  </message>
  <message>
   <source>Three planes are red, green and blue; it opens and enhances as it is.</source>
   <translation>Drei Ebenen sind Rot, Grün und Blau; so, wie es ist, lässt es sich öffnen und verbessern.</translation>
  </message>
  <message>
   <source>Three stars</source>
   <translation>Drei Sterne</translation>
  </message>
  <message>
   <source>Tile frames</source>
   <translation>Bilder kacheln</translation>
  </message>
  <message>
   <source>Time</source>
   <translation>Zeit</translation>
  </message>
  <message>
   <source>To</source>
   <translation>Bis</translation>
  </message>
  <message>
   <source>To DS9, Aladin and others</source>
   <translation>An DS9, Aladin und andere</translation>
  </message>
  <message>
   <source>To DS9, by SAMP</source>
   <translation>An DS9, über SAMP</translation>
  </message>
  <message>
   <source>To TOPCAT and others</source>
   <translation>An TOPCAT und andere</translation>
  </message>
  <message>
   <source>To an angle, clockwise</source>
   <translation>Auf einen Winkel, im Uhrzeigersinn</translation>
  </message>
  <message>
   <source>To do</source>
   <translation>Offen</translation>
  </message>
  <message>
   <source>Together these frames reach over {width} x {height} pixels, the reference over {shape} x {shape_2}</source>
   <translation>Zusammen reichen diese Aufnahmen über {width} x {height} Pixel, die Referenz über {shape} x {shape_2}</translation>
  </message>
  <message>
   <source>Tone</source>
   <translation>Ton</translation>
  </message>
  <message>
   <source>Too few pixels have data here.</source>
   <translation>Hier haben zu wenige Pixel Daten.</translation>
  </message>
  <message>
   <source>Too large for a small picture</source>
   <translation>Zu groß für ein kleines Bild</translation>
  </message>
  <message>
   <source>Too small</source>
   <translation>Zu klein</translation>
  </message>
  <message>
   <source>Took {duration} on {device}.</source>
   <translation>Dauerte {duration} auf {device}.</translation>
  </message>
  <message>
   <source>Tools</source>
   <translation>Werkzeuge</translation>
  </message>
  <message>
   <source>Train</source>
   <translation>Training</translation>
  </message>
  <message>
   <source>Train it first.</source>
   <translation>Erst trainieren.</translation>
  </message>
  <message>
   <source>Train no further: score what was learnt</source>
   <translation>Nicht weiter trainieren: das Gelernte bewerten</translation>
  </message>
  <message>
   <source>Trained by</source>
   <translation>Trainiert von</translation>
  </message>
  <message>
   <source>Trained on</source>
   <translation>Trainiert an</translation>
  </message>
  <message>
   <source>Training</source>
   <translation>Training</translation>
  </message>
  <message>
   <source>Training steps a second</source>
   <translation>Trainingsschritte je Sekunde</translation>
  </message>
  <message>
   <source>True colour from several filters</source>
   <translation>Wahre Farbe aus mehreren Filtern</translation>
  </message>
  <message>
   <source>Truth</source>
   <translation>Wahrheit</translation>
  </message>
  <message>
   <source>Try again</source>
   <translation>Noch einmal versuchen</translation>
  </message>
  <message>
   <source>Try again later, or another survey.</source>
   <translation>Versuchen Sie es später oder mit einer anderen Durchmusterung.</translation>
  </message>
  <message>
   <source>Try again later.</source>
   <translation>Später noch einmal versuchen.</translation>
  </message>
  <message>
   <source>Try another FWHM.</source>
   <translation>Eine andere FWHM versuchen.</translation>
  </message>
  <message>
   <source>Try another survey, or a larger --size.</source>
   <translation>Eine andere Durchmusterung oder ein größeres --size versuchen.</translation>
  </message>
  <message>
   <source>Trying {name}</source>
   <translation>{name} wird erprobt</translation>
  </message>
  <message>
   <source>Tune a model on your own frames</source>
   <translation>Ein Modell auf eigene Bilder abstimmen</translation>
  </message>
  <message>
   <source>Tuned model</source>
   <translation>Abgestimmtes Modell</translation>
  </message>
  <message>
   <source>Turbo</source>
   <translation>Turbo</translation>
  </message>
  <message>
   <source>Turn it in PixInsight, or save it as FITS.</source>
   <translation>Drehen Sie es in PixInsight oder speichern Sie es als FITS.</translation>
  </message>
  <message>
   <source>Turn left</source>
   <translation>Nach links drehen</translation>
  </message>
  <message>
   <source>Turn right</source>
   <translation>Nach rechts drehen</translation>
  </message>
  <message>
   <source>Turn the picture</source>
   <translation>Das Bild drehen</translation>
  </message>
  <message>
   <source>Turn to …</source>
   <translation>Drehen auf …</translation>
  </message>
  <message>
   <source>Twice as many pixels per side; flux is kept</source>
   <translation>Doppelt so viele Pixel je Seite; der Fluss bleibt erhalten</translation>
  </message>
  <message>
   <source>Two by two</source>
   <translation>Zwei mal zwei</translation>
  </message>
  <message>
   <source>Two runs, one after the other</source>
   <translation>Zwei Läufe, einer nach dem anderen</translation>
  </message>
  <message>
   <source>Two stars</source>
   <translation>Zwei Sterne</translation>
  </message>
  <message>
   <source>Two to one</source>
   <translation>Zwei zu eins</translation>
  </message>
  <message>
   <source>Type a few letters of a command</source>
   <translation>Ein paar Buchstaben eines Befehls tippen</translation>
  </message>
  <message>
   <source>Uncertainty</source>
   <translation>Unsicherheit</translation>
  </message>
  <message>
   <source>Under the cursor</source>
   <translation>Unter dem Mauszeiger</translation>
  </message>
  <message>
   <source>Under “Refused” stands why; accept what you want to keep all the same.</source>
   <translation>Unter „Abgelehnt“ steht der Grund; trotzdem annehmen, was bleiben soll.</translation>
  </message>
  <message>
   <source>Undo</source>
   <translation>Rückgängig</translation>
  </message>
  <message>
   <source>Unit</source>
   <translation>Einheit</translation>
  </message>
  <message>
   <source>Unpack it first, with gzip -d, or run: pip install uncompresspy</source>
   <translation>Erst mit gzip -d entpacken, oder aufrufen: pip install uncompresspy</translation>
  </message>
  <message>
   <source>Unpack it first.</source>
   <translation>Erst entpacken.</translation>
  </message>
  <message>
   <source>Unpack or convert it back: FITS, TIFF and PNG can be verified.</source>
   <translation>Erst entpacken oder zurückwandeln: prüfen lassen sich FITS, TIFF und PNG.</translation>
  </message>
  <message>
   <source>Unpacking {at} of {of}</source>
   <translation>{at} von {of} wird entpackt</translation>
  </message>
  <message>
   <source>Unpacking {name}</source>
   <translation>{name} wird entpackt</translation>
  </message>
  <message>
   <source>Unreadable</source>
   <translation>Nicht lesbar</translation>
  </message>
  <message>
   <source>Up to four results, zoomed and panned as one</source>
   <translation>Bis zu vier Ergebnisse, gemeinsam gezoomt und verschoben</translation>
  </message>
  <message>
   <source>Update astroview, or choose another folder with --out.</source>
   <translation>astroview aktualisieren oder mit --out einen anderen Ordner wählen.</translation>
  </message>
  <message>
   <source>Use a larger region.</source>
   <translation>Nehmen Sie eine größere Region.</translation>
  </message>
  <message>
   <source>Use data quality</source>
   <translation>Datenqualität beachten</translation>
  </message>
  <message>
   <source>Use larger ones, or move them nearer.</source>
   <translation>Nehmen Sie größere, oder rücken Sie sie näher heran.</translation>
  </message>
  <message>
   <source>VOTable, FITS tables, ECSV and CSV with a line of names are read.</source>
   <translation>Gelesen werden VOTable, FITS-Tabellen, ECSV und CSV mit einer Zeile Namen.</translation>
  </message>
  <message>
   <source>Value</source>
   <translation>Wert</translation>
  </message>
  <message>
   <source>Value of the frame, and of the result</source>
   <translation>Wert des Bildes und des Ergebnisses</translation>
  </message>
  <message>
   <source>Values</source>
   <translation>Werte</translation>
  </message>
  <message>
   <source>Values to draw</source>
   <translation>Welche Werte gezeichnet werden</translation>
  </message>
  <message>
   <source>Vector</source>
   <translation>Vektor</translation>
  </message>
  <message>
   <source>Velocity</source>
   <translation>Geschwindigkeit</translation>
  </message>
  <message>
   <source>Velocity (optical)</source>
   <translation>Geschwindigkeit (optisch)</translation>
  </message>
  <message>
   <source>Velocity (radio)</source>
   <translation>Geschwindigkeit (Radio)</translation>
  </message>
  <message>
   <source>Verdict</source>
   <translation>Urteil</translation>
  </message>
  <message>
   <source>View</source>
   <translation>Ansicht</translation>
  </message>
  <message>
   <source>View opens {most_opened} of these frames at most.</source>
   <translation>Die Ansicht öffnet höchstens {most_opened} dieser Aufnahmen.</translation>
  </message>
  <message>
   <source>Violet</source>
   <translation>Violett</translation>
  </message>
  <message>
   <source>Viridis</source>
   <translation>Viridis</translation>
  </message>
  <message>
   <source>Vividness</source>
   <translation>Farbkraft</translation>
  </message>
  <message>
   <source>Vividness goes from 0 (grey) to {most:g}; 1 is as usual.</source>
   <translation>Die Farbkraft geht von 0 (grau) bis {most:g}; 1 ist das Übliche.</translation>
  </message>
  <message>
   <source>Wait after this step, with everything loaded</source>
   <translation>Nach diesem Schritt warten, alles bleibt geladen</translation>
  </message>
  <message>
   <source>Wait after this step, with everything loaded (Ctrl+P)</source>
   <translation>Nach diesem Schritt warten, alles bleibt geladen (Strg+P)</translation>
  </message>
  <message>
   <source>Wait for an answer, at most</source>
   <translation>Auf eine Antwort warten, höchstens</translation>
  </message>
  <message>
   <source>Wait for it to end, stop it, or choose another folder with --out.</source>
   <translation>Auf sein Ende warten, ihn anhalten oder mit --out einen anderen Ordner wählen.</translation>
  </message>
  <message>
   <source>Wait until it has ended.</source>
   <translation>Warten, bis er zu Ende ist.</translation>
  </message>
  <message>
   <source>Waiting</source>
   <translation>Wartet</translation>
  </message>
  <message>
   <source>Watch</source>
   <translation>Beobachten</translation>
  </message>
  <message>
   <source>Watch a run of a cluster, or go on with one</source>
   <translation>Dem Lauf eines Clusters zusehen oder einen fortsetzen</translation>
  </message>
  <message>
   <source>Watch for new frames</source>
   <translation>Auf neue Bilder warten</translation>
  </message>
  <message>
   <source>Watching for new frames</source>
   <translation>Wartet auf neue Bilder</translation>
  </message>
  <message>
   <source>Wavelength</source>
   <translation>Wellenlänge</translation>
  </message>
  <message>
   <source>Wavelength in air</source>
   <translation>Wellenlänge in Luft</translation>
  </message>
  <message>
   <source>Wavenumber</source>
   <translation>Wellenzahl</translation>
  </message>
  <message>
   <source>Weight of a critic: crisper, and less true; 0 trains without</source>
   <translation>Gewicht eines Kritikers: knackiger und weniger wahr; 0 trainiert ohne</translation>
  </message>
  <message>
   <source>Weights (SHA-256)</source>
   <translation>Gewichte (SHA-256)</translation>
  </message>
  <message>
   <source>Weights learnt</source>
   <translation>Gelernte Gewichte</translation>
  </message>
  <message>
   <source>Weights that make bright light neutral on average</source>
   <translation>Gewichte, mit denen helles Licht im Mittel neutral ist</translation>
  </message>
  <message>
   <source>What DQ, mask or error planes of the file call bad is no measurement</source>
   <translation>Was DQ, Masken oder Fehlerebenen der Datei schlecht nennen, ist keine Messung</translation>
  </message>
  <message>
   <source>What became of it</source>
   <translation>Was aus ihr wurde</translation>
  </message>
  <message>
   <source>What frames are sorted by</source>
   <translation>Wonach Aufnahmen geordnet sind</translation>
  </message>
  <message>
   <source>What is chosen becomes a group, a tag in region files</source>
   <translation>Das Gewählte wird eine Gruppe, ein „tag“ in Regionsdateien</translation>
  </message>
  <message>
   <source>What is done is kept; Resume goes on.</source>
   <translation>Fertiges bleibt; Fortsetzen macht weiter.</translation>
  </message>
  <message>
   <source>What is done is not done again.</source>
   <translation>Was fertig ist, wird nicht wiederholt.</translation>
  </message>
  <message>
   <source>What is here is too wide for a star.</source>
   <translation>Was hier ist, ist zu breit für einen Stern.</translation>
  </message>
  <message>
   <source>What is known of the selected frames, or of all on show, as ECSV or CSV</source>
   <translation>Was von den gewählten oder allen gezeigten Aufnahmen bekannt ist, als ECSV oder CSV</translation>
  </message>
  <message>
   <source>What is known of them is kept, and comes at the next start.</source>
   <translation>Was von ihnen bekannt ist, bleibt erhalten und kommt beim nächsten Start.</translation>
  </message>
  <message>
   <source>What is looked at</source>
   <translation>Was betrachtet wird</translation>
  </message>
  <message>
   <source>What is no measurement, in colours: no data, cosmic rays, dead pixels</source>
   <translation>Was keine Messung ist, in Farben: keine Daten, kosmische Strahlung, tote Pixel</translation>
  </message>
  <message>
   <source>What is open and finished is kept in any case.</source>
   <translation>Was offen und fertig ist, bleibt in jedem Fall erhalten.</translation>
  </message>
  <message>
   <source>What is sharpened comes without the noise, for looking, not for measuring: flux is kept within the noise, and no interval is given. Pictures, whose noise is not known, keep it.</source>
   <translation>Geschärftes kommt ohne das Rauschen, zum Schauen, nicht zum Messen: Der Fluss bleibt im Rahmen des Rauschens erhalten, und es wird kein Intervall angegeben. Fertige Bilder, deren Rauschen nicht bekannt ist, behalten es.</translation>
  </message>
  <message>
   <source>What is sharpened comes without the noise. Flux is then kept within the noise, not exactly, and no interval is given: for looking, not for measuring.</source>
   <translation>Geschärftes kommt ohne das Rauschen. Der Fluss bleibt dann im Rahmen des Rauschens erhalten, nicht genau, und es wird kein Intervall angegeben: zum Schauen, nicht zum Messen.</translation>
  </message>
  <message>
   <source>What is shown is one pixel of each {side} × {side}.</source>
   <translation>Gezeigt wird je ein Pixel von {side} × {side}.</translation>
  </message>
  <message>
   <source>What magnified FITS hold. A unit per pixel (adu, electron) needs sums of the fine samples, so that apertures, gains and zero points hold; a surface brightness needs means.</source>
   <translation>Was vergrößerte FITS enthalten. Eine Einheit je Pixel (adu, Elektronen) braucht Summen der feinen Werte, damit Aperturen, Gain und Nullpunkte gelten; eine Flächenhelligkeit braucht Mittel.</translation>
  </message>
  <message>
   <source>What shall be better</source>
   <translation>Was besser werden soll</translation>
  </message>
  <message>
   <source>What the DQ, mask or error planes of a frame's file call bad is kept from networks, and given back as it is</source>
   <translation>Was DQ, Masken oder Fehlerebenen der Datei eines Bildes schlecht nennen, wird von Netzen ferngehalten und zurückgegeben, wie es ist</translation>
  </message>
  <message>
   <source>What the machine can spare</source>
   <translation>Was der Rechner übrig hat</translation>
  </message>
  <message>
   <source>What the result did to the sources: lost, new, with another flux</source>
   <translation>Was das Ergebnis mit den Quellen gemacht hat: verloren, neu, mit anderem Fluss</translation>
  </message>
  <message>
   <source>What the trainer said</source>
   <translation>Was der Trainer sagte</translation>
  </message>
  <message>
   <source>What the training may take</source>
   <translation>Was das Training brauchen darf</translation>
  </message>
  <message>
   <source>What they sampled together comes before a guess.</source>
   <translation>Was sie zusammen abgetastet haben, geht vor Vermutungen.</translation>
  </message>
  <message>
   <source>What this window shows</source>
   <translation>Was dieses Fenster zeigt</translation>
  </message>
  <message>
   <source>What was read of it stays on screen; save results while it is open.</source>
   <translation>Was davon gelesen wurde, bleibt zu sehen; Ergebnisse speichern, solange es offen ist.</translation>
  </message>
  <message>
   <source>What was seen cannot be kept in {place}: {strerror}</source>
   <translation>Was gesehen wurde, lässt sich in {place} nicht aufbewahren: {strerror}</translation>
  </message>
  <message>
   <source>What was to be printed could not be written: {strerror}</source>
   <translation>Was auszugeben war, ließ sich nicht schreiben: {strerror}</translation>
  </message>
  <message>
   <source>Wheel</source>
   <translation>Mausrad</translation>
  </message>
  <message>
   <source>Where colours come from</source>
   <translation>Woher Farben kommen</translation>
  </message>
  <message>
   <source>Where the network is trained</source>
   <translation>Wo das Netz trainiert wird</translation>
  </message>
  <message>
   <source>Where the networks run</source>
   <translation>Wo die Netze laufen</translation>
  </message>
  <message>
   <source>Where the result's colour was measured (white), interpolated (grey) or painted</source>
   <translation>Wo die Farbe des Ergebnisses gemessen (weiß), interpoliert (grau) oder gemalt ist</translation>
  </message>
  <message>
   <source>Which figure on held-out frames</source>
   <translation>Welche Zahl auf zurückgehaltenen Bildern</translation>
  </message>
  <message>
   <source>Which flags count</source>
   <translation>Welche Markierungen zählen</translation>
  </message>
  <message>
   <source>Which network paints, if any</source>
   <translation>Welches Netz malt, wenn überhaupt</translation>
  </message>
  <message>
   <source>Which network sharpens</source>
   <translation>Welches Netz schärft</translation>
  </message>
  <message>
   <source>Which part of the loss</source>
   <translation>Welcher Teil des Verlusts</translation>
  </message>
  <message>
   <source>Which stars are measured</source>
   <translation>Welche Sterne gemessen werden</translation>
  </message>
  <message>
   <source>White</source>
   <translation>Weiß</translation>
  </message>
  <message>
   <source>White to violet</source>
   <translation>Weiß bis Violett</translation>
  </message>
  <message>
   <source>White, neutral</source>
   <translation>Weiß, neutral</translation>
  </message>
  <message>
   <source>White: the colour was measured. Grey: interpolated from next to it. Black: painted.</source>
   <translation>Weiß: Die Farbe wurde gemessen. Grau: von nebenan interpoliert. Schwarz: gemalt.</translation>
  </message>
  <message>
   <source>Whoever gets it drops it on the Train workspace.</source>
   <translation>Wer es bekommt, legt es im Bereich Training ab.</translation>
  </message>
  <message>
   <source>Width</source>
   <translation>Breite</translation>
  </message>
  <message>
   <source>Width of the stars that are searched for, in pixels</source>
   <translation>Breite der gesuchten Sterne, in Pixeln</translation>
  </message>
  <message>
   <source>Without</source>
   <translation>Ohne</translation>
  </message>
  <message>
   <source>Without a partner</source>
   <translation>Ohne Partner</translation>
  </message>
  <message>
   <source>Without data</source>
   <translation>Ohne Daten</translation>
  </message>
  <message>
   <source>Words that stand at the region</source>
   <translation>Worte, die an der Region stehen</translation>
  </message>
  <message>
   <source>Work offline</source>
   <translation>Offline arbeiten</translation>
  </message>
  <message>
   <source>Working</source>
   <translation>In Arbeit</translation>
  </message>
  <message>
   <source>Worse on {where}: {figure}. Not worth keeping; the parent stays in use.</source>
   <translation>Schlechter auf {where}: {figure}. Nicht behaltenswert; das Ausgangsmodell bleibt in Gebrauch.</translation>
  </message>
  <message>
   <source>Write it as catalogues do (M 101, NGC 5457), or give RA and Dec in degrees.</source>
   <translation>Wie in Katalogen schreiben (M 101, NGC 5457), oder RA und Dec in Grad angeben.</translation>
  </message>
  <message>
   <source>Write numbers such as 120 250 500; nothing for the usual ones.</source>
   <translation>Zahlen schreiben wie 120 250 500; nichts für die üblichen.</translation>
  </message>
  <message>
   <source>Write tags of the selected frames</source>
   <translation>Stichwörter der gewählten Aufnahmen schreiben</translation>
  </message>
  <message>
   <source>Write text</source>
   <translation>Text schreiben</translation>
  </message>
  <message>
   <source>Write the tuned model into one file</source>
   <translation>Das abgestimmte Modell in eine Datei schreiben</translation>
  </message>
  <message>
   <source>Write two from 0 to 100.</source>
   <translation>Zwei von 0 bis 100 schreiben.</translation>
  </message>
  <message>
   <source>Write two numbers with a blank between them.</source>
   <translation>Zwei Zahlen mit einem Leerzeichen dazwischen schreiben.</translation>
  </message>
  <message>
   <source>Writing the model</source>
   <translation>Das Modell wird geschrieben</translation>
  </message>
  <message>
   <source>X</source>
   <translation>X</translation>
  </message>
  <message>
   <source>XISF</source>
   <translation>XISF</translation>
  </message>
  <message>
   <source>Yellow</source>
   <translation>Gelb</translation>
  </message>
  <message>
   <source>You can see the difference: where the two results differ most, {share} % of the pixels differ by more than an eye can tell.</source>
   <translation>Der Unterschied ist zu sehen: Wo sich die beiden Ergebnisse am meisten unterscheiden, weichen {share} % der Pixel um mehr ab, als ein Auge noch gleich sähe.</translation>
  </message>
  <message>
   <source>You would not see the difference: even where the two results differ most, hardly a pixel ({share} %) differs by more than an eye can tell.</source>
   <translation>Der Unterschied wäre nicht zu sehen: Selbst wo sich die beiden Ergebnisse am meisten unterscheiden, weicht kaum ein Pixel ({share} %) um mehr ab, als ein Auge noch gleich sähe.</translation>
  </message>
  <message>
   <source>Young stars, blue</source>
   <translation>Junge Sterne, blau</translation>
  </message>
  <message>
   <source>Your choices could not be kept in {name}: {reason}</source>
   <translation>Die Wahl ließ sich in {name} nicht aufbewahren: {reason}</translation>
  </message>
  <message>
   <source>Your frames</source>
   <translation>Eigene Bilder</translation>
  </message>
  <message>
   <source>Your frames are untouched. Please report it with the log.</source>
   <translation>Die Bilder sind unberührt. Bitte mit dem Protokoll melden.</translation>
  </message>
  <message>
   <source>Your frames, held out</source>
   <translation>Eigene Bilder, zurückgehalten</translation>
  </message>
  <message>
   <source>Your own</source>
   <translation>Eigene</translation>
  </message>
  <message>
   <source>Zero point</source>
   <translation>Nullpunkt</translation>
  </message>
  <message>
   <source>Zero point from {origin}</source>
   <translation>Nullpunkt aus {origin}</translation>
  </message>
  <message>
   <source>Zoom at the cursor</source>
   <translation>Am Zeiger zoomen</translation>
  </message>
  <message>
   <source>Zoom in</source>
   <translation>Vergrößern</translation>
  </message>
  <message>
   <source>Zoom in first.</source>
   <translation>Zuerst hineinzoomen.</translation>
  </message>
  <message>
   <source>Zoom in: a frame as large as this is looked at in parts</source>
   <translation>Hineinzoomen: So große Bilder werden in Teilen angesehen</translation>
  </message>
  <message>
   <source>Zoom out</source>
   <translation>Verkleinern</translation>
  </message>
  <message>
   <source>a</source>
   <translation>a</translation>
  </message>
  <message>
   <source>a JPEG has at most {jpeg_side} pixels a side, and this has {shape}</source>
   <translation>ein JPEG hat höchstens {jpeg_side} Pixel je Seite, und dieses hat {shape}</translation>
  </message>
  <message>
   <source>a checksum in it is none</source>
   <translation>eine Prüfsumme darin ist keine</translation>
  </message>
  <message>
   <source>a colorizer needs palettes</source>
   <translation>ein Einfärber braucht Paletten</translation>
  </message>
  <message>
   <source>a colour hint or palette holds numbers that are none</source>
   <translation>Ein Farbhinweis oder eine Palette enthält Zahlen, die keine sind</translation>
  </message>
  <message>
   <source>a device was lost: {problem}</source>
   <translation>Ein Gerät ging verloren: {problem}</translation>
  </message>
  <message>
   <source>a model with broken weights: what it says of this frame is no number</source>
   <translation>ein Modell mit kaputten Gewichten: Was es zu diesem Bild sagt, ist keine Zahl</translation>
  </message>
  <message>
   <source>a name has no field “{unknown}”</source>
   <translation>Ein Name hat kein Feld „{unknown}“</translation>
  </message>
  <message>
   <source>a newer astroview made it</source>
   <translation>ein neueres astroview hat sie geschrieben</translation>
  </message>
  <message>
   <source>a norm is for matplotlib, which is not installed</source>
   <translation>eine Norm ist für matplotlib, das nicht installiert ist</translation>
  </message>
  <message>
   <source>a number: 1,234.5</source>
   <translation>a number: 1 234,5</translation>
  </message>
  <message>
   <source>a page</source>
   <translation>eine Seite</translation>
  </message>
  <message>
   <source>a palette of it is none</source>
   <translation>eine Palette darin ist keine</translation>
  </message>
  <message>
   <source>a swatch of it is no colour</source>
   <translation>ein Farbfeld darin ist keine Farbe</translation>
  </message>
  <message>
   <source>a tensor in it has no shape or type that this version knows</source>
   <translation>ein Tensor darin hat keine Form oder keinen Typ, den diese Version kennt</translation>
  </message>
  <message>
   <source>a text in it cannot be read</source>
   <translation>ein Text darin ist nicht lesbar</translation>
  </message>
  <message>
   <source>a text in it is no table</source>
   <translation>ein Text darin ist keine Tabelle</translation>
  </message>
  <message>
   <source>a text of it has control characters</source>
   <translation>ein Text darin enthält Steuerzeichen</translation>
  </message>
  <message>
   <source>a text of it is missing or too long</source>
   <translation>ein Text darin fehlt oder ist zu lang</translation>
  </message>
  <message>
   <source>about {minutes:.1f} h left</source>
   <translation>noch etwa {minutes:.1f} h</translation>
  </message>
  <message>
   <source>about {minutes} min left</source>
   <translation>noch etwa {minutes} min</translation>
  </message>
  <message>
   <source>about {rough} left</source>
   <translation>noch etwa {rough}</translation>
  </message>
  <message>
   <source>about {what} min left</source>
   <translation>noch etwa {what} min</translation>
  </message>
  <message>
   <source>about {what} s left</source>
   <translation>noch etwa {what} s</translation>
  </message>
  <message>
   <source>above background{unit}</source>
   <translation>über dem Hintergrund{unit}</translation>
  </message>
  <message>
   <source>agreement {value} of 1</source>
   <translation>Übereinstimmung {value} von 1</translation>
  </message>
  <message>
   <source>aips0</source>
   <translation>aips0</translation>
  </message>
  <message>
   <source>all its samples are {value:g}: it measured nothing</source>
   <translation>alle seine Werte sind {value:g}: es hat nichts gemessen</translation>
  </message>
  <message>
   <source>all values</source>
   <translation>alle Werte</translation>
  </message>
  <message>
   <source>and {count} more</source>
   <translation>und {count} weitere</translation>
  </message>
  <message>
   <source>another process is curating this folder</source>
   <translation>Ein anderer Prozess sichtet diesen Ordner</translation>
  </message>
  <message>
   <source>another project's package “{name}” is installed where astroview's own should be ({parent})</source>
   <translation>statt astroviews eigenem Paket ist das Paket „{name}“ eines anderen Projekts installiert ({parent})</translation>
  </message>
  <message>
   <source>as the base</source>
   <translation>wie das Ausgangsmodell</translation>
  </message>
  <message>
   <source>as the same extent</source>
   <translation>als derselbe Ausschnitt</translation>
  </message>
  <message>
   <source>asinh</source>
   <translation>asinh</translation>
  </message>
  <message>
   <source>astroview curate says of each file why.</source>
   <translation>astroview curate sagt zu jeder Datei, warum.</translation>
  </message>
  <message>
   <source>astroview {version}</source>
   <translation>astroview {version}</translation>
  </message>
  <message>
   <source>b</source>
   <translation>b</translation>
  </message>
  <message>
   <source>base model</source>
   <translation>Ausgangsmodell</translation>
  </message>
  <message>
   <source>bb</source>
   <translation>bb</translation>
  </message>
  <message>
   <source>best</source>
   <translation>beste</translation>
  </message>
  <message>
   <source>better</source>
   <translation>besser</translation>
  </message>
  <message>
   <source>bicubic</source>
   <translation>bikubisch</translation>
  </message>
  <message>
   <source>blocks</source>
   <translation>Blöcke</translation>
  </message>
  <message>
   <source>by name</source>
   <translation>nach dem Namen</translation>
  </message>
  <message>
   <source>by their coordinates</source>
   <translation>nach ihren Koordinaten</translation>
  </message>
  <message numerus="yes">
   <source>by {count} features</source>
   <translation>
    <numerusform>nach {count} Merkmal</numerusform>
    <numerusform>nach {count} Merkmalen</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>by {count} stars</source>
   <translation>
    <numerusform>nach {count} Stern</numerusform>
    <numerusform>nach {count} Sternen</numerusform>
   </translation>
  </message>
  <message>
   <source>centres off by</source>
   <translation>Fehler der Mittelpunkte</translation>
  </message>
  <message>
   <source>changed</source>
   <translation>verändert</translation>
  </message>
  <message>
   <source>changed region</source>
   <translation>geänderte Region</translation>
  </message>
  <message>
   <source>choices</source>
   <translation>Auswahl</translation>
  </message>
  <message>
   <source>closing {name}</source>
   <translation>Schließen von {name}</translation>
  </message>
  <message>
   <source>clouds: its stars have {share:.0%} of the light of the other frames</source>
   <translation>Wolken: seine Sterne haben {share:.0%} des Lichts der anderen Bilder</translation>
  </message>
  <message>
   <source>clouds: none of {count} stars that it ought to show stands out</source>
   <translation>Wolken: keiner von {count} Sternen, die es zeigen müsste, hebt sich ab</translation>
  </message>
  <message>
   <source>colour</source>
   <translation>Farbe</translation>
  </message>
  <message>
   <source>colour error, automatic palette</source>
   <translation>Farbfehler, automatische Palette</translation>
  </message>
  <message>
   <source>colour error, palette known</source>
   <translation>Farbfehler, bekannte Palette</translation>
  </message>
  <message>
   <source>colour interpolated</source>
   <translation>Farbe interpoliert</translation>
  </message>
  <message>
   <source>colour map</source>
   <translation>Farbtafel</translation>
  </message>
  <message>
   <source>colour measured</source>
   <translation>Farbe gemessen</translation>
  </message>
  <message>
   <source>colour measured by {by}</source>
   <translation>Farbe gemessen von {by}</translation>
  </message>
  <message>
   <source>colour needs two bands at least</source>
   <translation>Farbe braucht mindestens zwei Bänder</translation>
  </message>
  <message>
   <source>colour painted</source>
   <translation>Farbe gemalt</translation>
  </message>
  <message>
   <source>colourfulness off by, automatic palette</source>
   <translation>Fehler der Farbigkeit, automatische Palette</translation>
  </message>
  <message>
   <source>colouring</source>
   <translation>färbt</translation>
  </message>
  <message>
   <source>colours cannot be {vividness:g} times as vivid</source>
   <translation>Farben können nicht {vividness:g}-mal so kräftig sein</translation>
  </message>
  <message>
   <source>combining</source>
   <translation>kombiniere</translation>
  </message>
  <message>
   <source>comparing</source>
   <translation>vergleiche</translation>
  </message>
  <message>
   <source>contrast</source>
   <translation>Kontrast</translation>
  </message>
  <message>
   <source>cool</source>
   <translation>cool</translation>
  </message>
  <message>
   <source>cosmic ray, hot or dead pixel</source>
   <translation>kosmische Strahlung, heißes oder totes Pixel</translation>
  </message>
  <message>
   <source>credits in {name}</source>
   <translation>Quellenangaben in {name}</translation>
  </message>
  <message>
   <source>data quality</source>
   <translation>Datenqualität</translation>
  </message>
  <message>
   <source>device</source>
   <translation>Gerät</translation>
  </message>
  <message>
   <source>discarding {name}</source>
   <translation>Verwerfen von {name}</translation>
  </message>
  <message>
   <source>display</source>
   <translation>Anzeige</translation>
  </message>
  <message>
   <source>distance (px)</source>
   <translation>Abstand (px)</translation>
  </message>
  <message>
   <source>distance from the centre (px)</source>
   <translation>Abstand von der Mitte (px)</translation>
  </message>
  <message>
   <source>docs/guide/training.md lists the settings of [tune].</source>
   <translation>docs/guide/training.md nennt die Einstellungen von [tune].</translation>
  </message>
  <message>
   <source>equalised histogram</source>
   <translation>ausgeglichenes Histogramm</translation>
  </message>
  <message>
   <source>files of this kind can run any program</source>
   <translation>Dateien dieser Art können beliebige Programme ausführen</translation>
  </message>
  <message>
   <source>filter:r  snr&gt;20  date&gt;=2024-03  tag:good</source>
   <translation>filter:r  snr&gt;20  date&gt;=2024-03  tag:gut</translation>
  </message>
  <message>
   <source>flagged as bad by the file</source>
   <translation>in der Datei als schlecht markiert</translation>
  </message>
  <message>
   <source>flux</source>
   <translation>Fluss</translation>
  </message>
  <message>
   <source>flux inside{unit}</source>
   <translation>Fluss innerhalb{unit}</translation>
  </message>
  <message>
   <source>fluxes off by</source>
   <translation>Fehler der Flüsse</translation>
  </message>
  <message>
   <source>frame</source>
   <translation>Aufnahme</translation>
  </message>
  <message>
   <source>frames like yours</source>
   <translation>Aufnahmen wie Ihren</translation>
  </message>
  <message>
   <source>from 1: {x}, {y}   from 0: {x_2}, {y_2}</source>
   <translation>ab 1: {x}, {y}   ab 0: {x_2}, {y_2}</translation>
  </message>
  <message>
   <source>group</source>
   <translation>Gruppe</translation>
  </message>
  <message>
   <source>half of the 90 % interval</source>
   <translation>halbes 90-%-Intervall</translation>
  </message>
  <message>
   <source>he</source>
   <translation>he</translation>
  </message>
  <message>
   <source>heat</source>
   <translation>heat</translation>
  </message>
  <message>
   <source>hints</source>
   <translation>Farbpunkte</translation>
  </message>
  <message>
   <source>holding it to the frames</source>
   <translation>an die Aufnahmen gehalten</translation>
  </message>
  <message>
   <source>hsv</source>
   <translation>hsv</translation>
  </message>
  <message>
   <source>http, https and file are known.</source>
   <translation>Bekannt sind http, https und file.</translation>
  </message>
  <message>
   <source>illustrative</source>
   <translation>illustrativ</translation>
  </message>
  <message>
   <source>in this part of the frame</source>
   <translation>in diesem Teil des Bildes</translation>
  </message>
  <message>
   <source>inversion</source>
   <translation>Umkehrung</translation>
  </message>
  <message>
   <source>it could not be read: {why}</source>
   <translation>es war nicht zu lesen: {why}</translation>
  </message>
  <message>
   <source>it does not hold what a model consists of</source>
   <translation>sie enthält nicht, woraus ein Modell besteht</translation>
  </message>
  <message>
   <source>it has too few stars to be laid on the others, and no sky coordinates</source>
   <translation>es hat zu wenige Sterne, um auf die anderen gelegt zu werden, und keine Himmelskoordinaten</translation>
  </message>
  <message>
   <source>it has too many palettes</source>
   <translation>es hat zu viele Paletten</translation>
  </message>
  <message>
   <source>it has {width} x {height} pixels only</source>
   <translation>es hat nur {width} x {height} Pixel</translation>
  </message>
  <message>
   <source>it holds the same samples as {name}</source>
   <translation>es enthält dieselben Werte wie {name}</translation>
  </message>
  <message>
   <source>it holds weights without a card</source>
   <translation>sie enthält Gewichte ohne Karte</translation>
  </message>
  <message>
   <source>it is a picture for the eye, whose numbers do not add up as light does</source>
   <translation>es ist ein Bild fürs Auge, dessen Zahlen sich nicht wie Licht addieren</translation>
  </message>
  <message>
   <source>it is an adapter and names no parent</source>
   <translation>es ist ein Adapter und nennt kein Ausgangsmodell</translation>
  </message>
  <message>
   <source>it is compressed or locked</source>
   <translation>sie ist komprimiert oder gesperrt</translation>
  </message>
  <message>
   <source>it is cut off, or something was put behind its end</source>
   <translation>sie ist abgeschnitten, oder hinter ihrem Ende steht noch etwas</translation>
  </message>
  <message>
   <source>it is damaged ({name})</source>
   <translation>sie ist beschädigt ({name})</translation>
  </message>
  <message>
   <source>it is in colour; combine its channels one by one</source>
   <translation>es ist farbig; seine Kanäle einzeln kombinieren</translation>
  </message>
  <message>
   <source>it is larger than any model</source>
   <translation>sie ist größer als jedes Modell</translation>
  </message>
  <message>
   <source>it is no model, or damaged ({problem})</source>
   <translation>sie ist kein Modell oder beschädigt ({problem})</translation>
  </message>
  <message>
   <source>it is so noisy that it would add nothing</source>
   <translation>es rauscht so sehr, dass es nichts beitrüge</translation>
  </message>
  <message>
   <source>it is soft: its stars are {times:.1f} times as wide</source>
   <translation>es ist unscharf: seine Sterne sind {times:.1f}-mal so breit</translation>
  </message>
  <message>
   <source>its card belongs to other weights</source>
   <translation>die Karte gehört zu anderen Gewichten</translation>
  </message>
  <message>
   <source>its card is none ({problem})</source>
   <translation>die Karte ist keine ({problem})</translation>
  </message>
  <message>
   <source>its card is not the one that was packed</source>
   <translation>die Karte ist nicht die eingepackte</translation>
  </message>
  <message>
   <source>its coordinates lie on another part of the sky</source>
   <translation>seine Koordinaten liegen an einer anderen Stelle des Himmels</translation>
  </message>
  <message>
   <source>its header cannot be read ({name})</source>
   <translation>der Kopf ist nicht lesbar ({name})</translation>
  </message>
  <message>
   <source>its header has an impossible length</source>
   <translation>der Kopf hat eine unmögliche Länge</translation>
  </message>
  <message>
   <source>its header is no table</source>
   <translation>der Kopf ist keine Tabelle</translation>
  </message>
  <message>
   <source>its hyper-parameters are no table</source>
   <translation>die Hyperparameter sind keine Tabelle</translation>
  </message>
  <message>
   <source>its hyper-parameters are none</source>
   <translation>die Hyperparameter sind keine</translation>
  </message>
  <message>
   <source>its id is none</source>
   <translation>die Kennung ist keine</translation>
  </message>
  <message>
   <source>its metadata are no table</source>
   <translation>die Metadaten sind keine Tabelle</translation>
  </message>
  <message>
   <source>its stars are not those of the other frames: it shows another field</source>
   <translation>seine Sterne sind nicht die der anderen Aufnahmen: Es zeigt ein anderes Feld</translation>
  </message>
  <message>
   <source>its stars are not where its sky coordinates say</source>
   <translation>seine Sterne sind nicht da, wo seine Himmelskoordinaten es sagen</translation>
  </message>
  <message>
   <source>its stars are trailed: ellipticity {mine:.2f}, that of the others {usual:.2f}</source>
   <translation>seine Sterne sind verzogen: Elliptizität {mine:.2f}, bei den anderen {usual:.2f}</translation>
  </message>
  <message>
   <source>its unit ({unit}) is a logarithm of light</source>
   <translation>seine Einheit ({unit}) ist ein Logarithmus des Lichts</translation>
  </message>
  <message>
   <source>its {what} cannot be {value}</source>
   <translation>{what} kann nicht {value} sein</translation>
  </message>
  <message>
   <source>keeping colours</source>
   <translation>Farben behalten</translation>
  </message>
  <message>
   <source>kept</source>
   <translation>erhalten</translation>
  </message>
  <message>
   <source>laying frames on each other</source>
   <translation>lege Aufnahmen aufeinander</translation>
  </message>
  <message>
   <source>limits</source>
   <translation>Grenzen</translation>
  </message>
  <message>
   <source>linear</source>
   <translation>linear</translation>
  </message>
  <message>
   <source>local:4 is one of four processes, on this machine.</source>
   <translation>local:4 sind vier Prozesse auf diesem Rechner.</translation>
  </message>
  <message>
   <source>looking</source>
   <translation>sehe durch</translation>
  </message>
  <message>
   <source>looking at a sample of the field</source>
   <translation>betrachte einen Ausschnitt des Feldes</translation>
  </message>
  <message>
   <source>lost</source>
   <translation>verloren</translation>
  </message>
  <message>
   <source>mag</source>
   <translation>mag</translation>
  </message>
  <message>
   <source>marks</source>
   <translation>Markierung</translation>
  </message>
  <message>
   <source>measured</source>
   <translation>gemessen</translation>
  </message>
  <message>
   <source>measured by {name}</source>
   <translation>gemessen von {name}</translation>
  </message>
  <message>
   <source>measured colours are a plane of two numbers a pixel, not {shape}</source>
   <translation>gemessene Farben sind eine Ebene von zwei Zahlen je Pixel, nicht {shape}</translation>
  </message>
  <message>
   <source>measured colours have pixels of {cell} at {origin}</source>
   <translation>gemessene Farben haben Pixel von {cell} bei {origin}</translation>
  </message>
  <message>
   <source>measured frames, all flux kept</source>
   <translation>gemessene Aufnahmen, aller Fluss erhalten</translation>
  </message>
  <message>
   <source>measured frames, fluxes off by</source>
   <translation>gemessene Aufnahmen, Fehler der Flüsse</translation>
  </message>
  <message>
   <source>measured frames, noise left out</source>
   <translation>gemessene Aufnahmen, Rauschen weggelassen</translation>
  </message>
  <message>
   <source>measuring stars</source>
   <translation>vermesse Sterne</translation>
  </message>
  <message>
   <source>model {id} has no folder</source>
   <translation>Modell {id} hat keinen Ordner</translation>
  </message>
  <message>
   <source>more than chance explains</source>
   <translation>mehr, als der Zufall erklärt</translation>
  </message>
  <message>
   <source>more than chance explains, and less than is worth having ({worth})</source>
   <translation>mehr, als der Zufall erklärt, doch weniger, als lohnt ({worth})</translation>
  </message>
  <message>
   <source>moved region</source>
   <translation>verschobene Region</translation>
  </message>
  <message>
   <source>moved to centroid</source>
   <translation>auf den Schwerpunkt gerückt</translation>
  </message>
  <message>
   <source>moves the picture</source>
   <translation>bewegt das Bild</translation>
  </message>
  <message>
   <source>near to the hints</source>
   <translation>nahe den Farbpunkten</translation>
  </message>
  <message>
   <source>new</source>
   <translation>neu</translation>
  </message>
  <message>
   <source>new region</source>
   <translation>neue Region</translation>
  </message>
  <message>
   <source>no answer</source>
   <translation>keine Antwort</translation>
  </message>
  <message>
   <source>no axes</source>
   <translation>keine Achsen</translation>
  </message>
  <message>
   <source>no catalogue knows “{target}”</source>
   <translation>Kein Katalog kennt „{target}“</translation>
  </message>
  <message>
   <source>no colour</source>
   <translation>keine Farbe</translation>
  </message>
  <message>
   <source>no data</source>
   <translation>keine Daten</translation>
  </message>
  <message>
   <source>no frame in {name} has a partner in {high_name}</source>
   <translation>Kein Bild in {name} hat einen Partner in {high_name}</translation>
  </message>
  <message>
   <source>no gain</source>
   <translation>kein Gewinn</translation>
  </message>
  <message>
   <source>no group</source>
   <translation>keine Gruppe</translation>
  </message>
  <message>
   <source>no model to {task} with is installed</source>
   <translation>Für {task} ist kein Modell installiert</translation>
  </message>
  <message>
   <source>no other frame shows its field in its filter</source>
   <translation>keine andere Aufnahme zeigt sein Feld in seinem Filter</translation>
  </message>
  <message>
   <source>no picture in {name} is credited to {credit}</source>
   <translation>kein Bild in {name} hat den Nachweis {credit}</translation>
  </message>
  <message>
   <source>no picture in {name} is held out</source>
   <translation>Kein Bild in {name} ist zurückgehalten</translation>
  </message>
  <message>
   <source>no reason was given</source>
   <translation>ohne Angabe eines Grundes</translation>
  </message>
  <message>
   <source>no super-resolver for ×{scale} is installed</source>
   <translation>Für ×{scale} ist kein Schärfer installiert</translation>
  </message>
  <message>
   <source>no telescope can be measured in {name}: too few linear frames with stars</source>
   <translation>in {name} lässt sich kein Teleskop vermessen: zu wenige lineare Aufnahmen mit Sternen</translation>
  </message>
  <message>
   <source>nobody else</source>
   <translation>sonst niemand</translation>
  </message>
  <message>
   <source>noise</source>
   <translation>Rauschen</translation>
  </message>
  <message>
   <source>noise left out</source>
   <translation>ohne Rauschen</translation>
  </message>
  <message>
   <source>none</source>
   <translation>keine</translation>
  </message>
  <message>
   <source>none of its samples is a number</source>
   <translation>keiner seiner Werte ist eine Zahl</translation>
  </message>
  <message>
   <source>not all values of {key} are numbers</source>
   <translation>nicht alle Werte von {key} sind Zahlen</translation>
  </message>
  <message>
   <source>not every image of {name} says where on the detector it lies</source>
   <translation>nicht jedes Bild von {name} sagt, wo auf dem Detektor es liegt</translation>
  </message>
  <message>
   <source>not fetched</source>
   <translation>nicht geholt</translation>
  </message>
  <message>
   <source>not known</source>
   <translation>nicht bekannt</translation>
  </message>
  <message>
   <source>not more than chance explains</source>
   <translation>nicht mehr, als der Zufall erklärt</translation>
  </message>
  <message>
   <source>nothing</source>
   <translation>nichts</translation>
  </message>
  <message>
   <source>nothing in {name} can be learnt from</source>
   <translation>Aus nichts in {name} lässt sich lernen</translation>
  </message>
  <message>
   <source>nothing in {name} can be learnt from: {first_problem}</source>
   <translation>Aus nichts in {name} lässt sich lernen: {first_problem}</translation>
  </message>
  <message>
   <source>nothing stands out from the sky here</source>
   <translation>hier hebt sich nichts vom Himmel ab</translation>
  </message>
  <message>
   <source>nothing yet</source>
   <translation>noch nichts</translation>
  </message>
  <message>
   <source>of {planes}</source>
   <translation>von {planes}</translation>
  </message>
  <message>
   <source>of {steps:,}</source>
   <translation>von {steps:,}</translation>
  </message>
  <message>
   <source>opened regions</source>
   <translation>geöffnete Regionen</translation>
  </message>
  <message>
   <source>painted</source>
   <translation>gemalt</translation>
  </message>
  <message>
   <source>pairs by {name}</source>
   <translation>Paare nach {name}</translation>
  </message>
  <message>
   <source>palettes cannot be called “{name}”</source>
   <translation>Paletten können nicht „{name}“ heißen</translation>
  </message>
  <message>
   <source>passed</source>
   <translation>bestanden</translation>
  </message>
  <message>
   <source>pasted regions</source>
   <translation>eingefügte Regionen</translation>
  </message>
  <message>
   <source>paused</source>
   <translation>angehalten</translation>
  </message>
  <message>
   <source>paused when the frame at work is done</source>
   <translation>angehalten, sobald das begonnene Bild fertig ist</translation>
  </message>
  <message>
   <source>percentiles</source>
   <translation>Perzentile</translation>
  </message>
  <message>
   <source>pip install matplotlib, or use Stretch.forward.</source>
   <translation>pip install matplotlib, oder Stretch.forward verwenden.</translation>
  </message>
  <message>
   <source>pixels</source>
   <translation>Pixel</translation>
  </message>
  <message>
   <source>points, as in DS9</source>
   <translation>zeigt, wie in DS9</translation>
  </message>
  <message>
   <source>quality</source>
   <translation>Güte</translation>
  </message>
  <message>
   <source>radius (px)</source>
   <translation>Radius (px)</translation>
  </message>
  <message>
   <source>rainbow</source>
   <translation>rainbow</translation>
  </message>
  <message>
   <source>reading</source>
   <translation>liest</translation>
  </message>
  <message>
   <source>rejected</source>
   <translation>verworfen</translation>
  </message>
  <message>
   <source>removed regions</source>
   <translation>entfernte Regionen</translation>
  </message>
  <message>
   <source>residual {number} pixels</source>
   <translation>Restfehler {number} Pixel</translation>
  </message>
  <message>
   <source>rms {rms} σ · largest {largest} σ · beyond 5 σ: {percent}</source>
   <translation>rms {rms} σ · größte {largest} σ · über 5 σ: {percent}</translation>
  </message>
  <message>
   <source>saturated</source>
   <translation>gesättigt</translation>
  </message>
  <message>
   <source>saving</source>
   <translation>sichere</translation>
  </message>
  <message>
   <source>session</source>
   <translation>Sitzung</translation>
  </message>
  <message>
   <source>sharpening</source>
   <translation>schärft</translation>
  </message>
  <message>
   <source>sharpening and colouring</source>
   <translation>schärft und färbt</translation>
  </message>
  <message>
   <source>sharper</source>
   <translation>schärfer</translation>
  </message>
  <message>
   <source>sinh</source>
   <translation>sinh</translation>
  </message>
  <message>
   <source>sls</source>
   <translation>sls</translation>
  </message>
  <message>
   <source>smoothing</source>
   <translation>Glättung</translation>
  </message>
  <message>
   <source>something else</source>
   <translation>etwas anderes</translation>
  </message>
  <message>
   <source>sources found</source>
   <translation>gefundene Quellen</translation>
  </message>
  <message>
   <source>square root</source>
   <translation>Wurzel</translation>
  </message>
  <message>
   <source>standard</source>
   <translation>standard</translation>
  </message>
  <message>
   <source>stands for no data</source>
   <translation>steht für keine Daten</translation>
  </message>
  <message>
   <source>starting</source>
   <translation>startet</translation>
  </message>
  <message>
   <source>step {step:,.0f}</source>
   <translation>Schritt {step:,.0f}</translation>
  </message>
  <message>
   <source>step {step:,}</source>
   <translation>Schritt {step:,}</translation>
  </message>
  <message>
   <source>step {step:,} (latest)</source>
   <translation>Schritt {step:,} (neuester)</translation>
  </message>
  <message>
   <source>step {step:,} of {of:,}</source>
   <translation>Schritt {step:,} von {of:,}</translation>
  </message>
  <message>
   <source>stretch</source>
   <translation>Streckung</translation>
  </message>
  <message>
   <source>taken from a picture</source>
   <translation>einem Bild entnommen</translation>
  </message>
  <message>
   <source>targets that no training step saw</source>
   <translation>Ziele, die kein Trainingsschritt sah</translation>
  </message>
  <message>
   <source>the archive names {url}, which is no web address</source>
   <translation>das Archiv nennt {url}, und das ist keine Webadresse</translation>
  </message>
  <message>
   <source>the archive sends more than {amount}, or than there is room for</source>
   <translation>das Archiv schickt mehr als {amount}, oder mehr als Platz hat</translation>
  </message>
  <message>
   <source>the archive sent {what} instead of a frame</source>
   <translation>das Archiv schickte {what} statt einer Aufnahme</translation>
  </message>
  <message>
   <source>the band {name} cannot be read: {strerror}</source>
   <translation>das Band {name} kann nicht gelesen werden: {strerror}</translation>
  </message>
  <message>
   <source>the band {name} has changed</source>
   <translation>das Band {name} hat sich geändert</translation>
  </message>
  <message>
   <source>the bundled pictures</source>
   <translation>den mitgelieferten Bildern</translation>
  </message>
  <message>
   <source>the card and the weights of {name} name different parents</source>
   <translation>Karte und Gewichte von {name} nennen verschiedene Ursprünge</translation>
  </message>
  <message>
   <source>the card of {name} does not say how it runs</source>
   <translation>Die Karte von {name} sagt nicht, wie es läuft</translation>
  </message>
  <message>
   <source>the colours in {name} cannot be read: {problem}</source>
   <translation>Die Farben in {name} sind nicht lesbar: {problem}</translation>
  </message>
  <message>
   <source>the colours in {name} cannot be used: {problem}</source>
   <translation>Die Farben in {name} sind nicht brauchbar: {problem}</translation>
  </message>
  <message>
   <source>the colours measured by {name} cannot be read: {problem}</source>
   <translation>die von {name} gemessenen Farben lassen sich nicht lesen: {problem}</translation>
  </message>
  <message>
   <source>the colours of {name} were painted by a model, so nobody measured them</source>
   <translation>die Farben von {name} hat ein Modell gemalt, also hat sie niemand gemessen</translation>
  </message>
  <message>
   <source>the comparison of sources cannot be read: {problem}</source>
   <translation>der Vergleich der Quellen kann nicht gelesen werden: {problem}</translation>
  </message>
  <message>
   <source>the device has not enough memory even for small tiles</source>
   <translation>Das Gerät hat selbst für kleine Kacheln zu wenig Speicher</translation>
  </message>
  <message>
   <source>the disk of {name} is full</source>
   <translation>Das Laufwerk von {name} ist voll</translation>
  </message>
  <message>
   <source>the earlier result cannot be read: {problem}</source>
   <translation>Das frühere Ergebnis ist nicht lesbar: {problem}</translation>
  </message>
  <message>
   <source>the frames were not dithered by parts of a pixel: a finer grid shows no more than they do</source>
   <translation>die Aufnahmen wurden nicht um Bruchteile eines Pixels versetzt: Ein feineres Gitter zeigt nicht mehr als sie selbst</translation>
  </message>
  <message>
   <source>the images of {name} lie too far apart on the sky for one picture</source>
   <translation>die Bilder von {name} liegen am Himmel zu weit auseinander für ein Bild</translation>
  </message>
  <message>
   <source>the light leads out of the region</source>
   <translation>das Licht führt aus der Region heraus</translation>
  </message>
  <message>
   <source>the loss is no number, however low the learning rate</source>
   <translation>Der Verlust ist keine Zahl, so niedrig die Lernrate auch ist</translation>
  </message>
  <message>
   <source>the model in “{name}” cannot be used: {problem}</source>
   <translation>Das Modell in „{name}“ ist nicht brauchbar: {problem}</translation>
  </message>
  <message>
   <source>the model's card cannot be used: {why}</source>
   <translation>Die Karte des Modells ist nicht brauchbar: {why}</translation>
  </message>
  <message>
   <source>the palette of {name} is not one that this version knows</source>
   <translation>Die Palette von {name} kennt diese Version nicht</translation>
  </message>
  <message>
   <source>the pictures of {name} have no colour to speak of</source>
   <translation>die Bilder von {name} haben kaum Farbe</translation>
  </message>
  <message>
   <source>the recipe {name} cannot be read: {problem}</source>
   <translation>Das Rezept {name} ist nicht lesbar: {problem}</translation>
  </message>
  <message>
   <source>the region lies outside of the frame</source>
   <translation>die Region liegt außerhalb der Aufnahme</translation>
  </message>
  <message>
   <source>the result {name} cannot be read: {problem}</source>
   <translation>Das Ergebnis {name} ist nicht lesbar: {problem}</translation>
  </message>
  <message>
   <source>the run folder {folder} cannot be written: {strerror}</source>
   <translation>Der Laufordner {folder} ist nicht beschreibbar: {strerror}</translation>
  </message>
  <message>
   <source>the run folder {name} cannot be written: {strerror}</source>
   <translation>Der Laufordner {name} ist nicht beschreibbar: {strerror}</translation>
  </message>
  <message>
   <source>the session cannot be written: {problem}</source>
   <translation>die Sitzung kann nicht geschrieben werden: {problem}</translation>
  </message>
  <message>
   <source>the shard {name} cannot be read: {problem}</source>
   <translation>Das Paket {name} ist nicht lesbar: {problem}</translation>
  </message>
  <message>
   <source>the survey's picture cannot be read: {problem}</source>
   <translation>das Bild der Durchmusterung lässt sich nicht lesen: {problem}</translation>
  </message>
  <message>
   <source>the survey's picture has {shape} x {shape_2} pixels, not the {pixel_shape} that were asked for</source>
   <translation>das Bild der Durchmusterung hat {shape} x {shape_2} Pixel, nicht die {pixel_shape}, nach denen gefragt wurde</translation>
  </message>
  <message>
   <source>the truth's</source>
   <translation>die der Wahrheit</translation>
  </message>
  <message>
   <source>the two frames of a pair hardly overlap</source>
   <translation>die beiden Aufnahmen eines Paars überlappen kaum</translation>
  </message>
  <message>
   <source>the values of {key} are not where they should be</source>
   <translation>die Werte von {key} liegen nicht dort, wo sie sollten</translation>
  </message>
  <message>
   <source>the weights of {name} are damaged</source>
   <translation>Die Gewichte von {name} sind beschädigt</translation>
  </message>
  <message>
   <source>the weights of {name} are for another scale than its card's</source>
   <translation>die Gewichte von {name} sind für einen anderen Maßstab als den seiner Karte</translation>
  </message>
  <message>
   <source>the weights of {name} are missing</source>
   <translation>Die Gewichte von {name} fehlen</translation>
  </message>
  <message>
   <source>the weights of {name} do not fit its parent: {name_2}</source>
   <translation>Die Gewichte von {name} passen nicht zu seinem Ursprung: {name_2}</translation>
  </message>
  <message>
   <source>the weights of {name} do not fit: {problem}</source>
   <translation>Die Gewichte von {name} passen nicht: {problem}</translation>
  </message>
  <message>
   <source>the weights of {name} hold no ONNX file</source>
   <translation>Die Gewichte von {name} enthalten keine ONNX-Datei</translation>
  </message>
  <message>
   <source>there are bands 1 to {count}</source>
   <translation>Es gibt die Bänder 1 bis {count}</translation>
  </message>
  <message>
   <source>there are no palettes called “{name}”</source>
   <translation>es gibt keine Paletten namens „{name}“</translation>
  </message>
  <message>
   <source>there are palettes called “{wanted}” already</source>
   <translation>es gibt schon Paletten namens „{wanted}“</translation>
  </message>
  <message>
   <source>there are too few pictures to calibrate with</source>
   <translation>Zum Kalibrieren gibt es zu wenige Bilder</translation>
  </message>
  <message>
   <source>there are too few pictures to learn from</source>
   <translation>es gibt zu wenige Bilder, um daraus zu lernen</translation>
  </message>
  <message>
   <source>there are too few pictures to take palettes of</source>
   <translation>es sind zu wenige Bilder, um ihnen Paletten zu entnehmen</translation>
  </message>
  <message>
   <source>there is no folder {folder}</source>
   <translation>Es gibt keinen Ordner {folder}</translation>
  </message>
  <message>
   <source>there is no folder {place}</source>
   <translation>Es gibt keinen Ordner {place}</translation>
  </message>
  <message>
   <source>there is no model “{model_id}”</source>
   <translation>Es gibt kein Modell „{model_id}“</translation>
  </message>
  <message>
   <source>there is no such file</source>
   <translation>eine solche Datei gibt es nicht</translation>
  </message>
  <message>
   <source>there is no survey “{name}”</source>
   <translation>Es gibt keine Durchmusterung „{name}“</translation>
  </message>
  <message>
   <source>this machine has no {name} device that torch can use</source>
   <translation>Dieser Rechner hat kein Gerät {name}, das torch benutzen kann</translation>
  </message>
  <message>
   <source>this norm has no limits yet</source>
   <translation>diese Norm hat noch keine Grenzen</translation>
  </message>
  <message>
   <source>this version cannot build the architecture “{architecture}” ({problem})</source>
   <translation>Diese Version kann die Architektur „{architecture}“ nicht bauen ({problem})</translation>
  </message>
  <message>
   <source>this version knows no task “{task}”</source>
   <translation>diese Version kennt keine Aufgabe „{task}“</translation>
  </message>
  <message>
   <source>took {rough}</source>
   <translation>dauerte {rough}</translation>
  </message>
  <message>
   <source>value{unit}</source>
   <translation>Wert{unit}</translation>
  </message>
  <message>
   <source>watching</source>
   <translation>beobachtet</translation>
  </message>
  <message>
   <source>what is usual for each service</source>
   <translation>was für jeden Dienst üblich ist</translation>
  </message>
  <message>
   <source>what it says of its training is no table</source>
   <translation>was über das Training gesagt wird, ist keine Tabelle</translation>
  </message>
  <message>
   <source>what the model could do before: has it forgotten?</source>
   <translation>was das Modell vorher konnte: Hat es vergessen?</translation>
  </message>
  <message>
   <source>whether it is illustrative is neither true nor false</source>
   <translation>ob es illustrativ ist, ist weder wahr noch falsch</translation>
  </message>
  <message>
   <source>widths off by</source>
   <translation>Fehler der Breiten</translation>
  </message>
  <message>
   <source>without a valid error</source>
   <translation>ohne gültigen Fehler</translation>
  </message>
  <message>
   <source>worse</source>
   <translation>schlechter</translation>
  </message>
  <message>
   <source>x, y (FITS)</source>
   <translation>x, y (FITS)</translation>
  </message>
  <message>
   <source>x, y (from 0)</source>
   <translation>x, y (ab 0)</translation>
  </message>
  <message>
   <source>x, y of the pixel. FITS: the first pixel is 1, from the bottom; from 0, as in Python. Pictures count from the top left.</source>
   <translation>x, y des Pixels. FITS: das erste Pixel ist 1, von unten; ab 0 wie in Python. Bilder zählen von oben links.</translation>
  </message>
  <message>
   <source>your pictures</source>
   <translation>Ihren Bildern</translation>
  </message>
  <message>
   <source>zscale</source>
   <translation>zscale</translation>
  </message>
  <message>
   <source>zscale with</source>
   <translation>zscale mit</translation>
  </message>
  <message>
   <source>zscale with …</source>
   <translation>zscale mit …</translation>
  </message>
  <message>
   <source>{archive} cannot be reached</source>
   <translation>{archive} ist nicht zu erreichen</translation>
  </message>
  <message>
   <source>{archive} did not answer as it should: {first_line}</source>
   <translation>{archive} antwortete nicht, wie es sollte: {first_line}</translation>
  </message>
  <message>
   <source>{clock} left</source>
   <translation>noch {clock}</translation>
  </message>
  <message numerus="yes">
   <source>{count:,} are not measured: M measures those on show</source>
   <translation>
    <numerusform>{count} ist nicht gemessen: M misst die gezeigten</numerusform>
    <numerusform>{count:,} sind nicht gemessen: M misst die gezeigten</numerusform>
   </translation>
  </message>
  <message>
   <source>{count:,} could not be copied, first {name}: {reason}</source>
   <translation>{count:,} ließen sich nicht kopieren, zuerst {name}: {reason}</translation>
  </message>
  <message numerus="yes">
   <source>{count:,} files were copied to {name}.</source>
   <translation>
    <numerusform>{count} Datei wurde nach {name} kopiert.</numerusform>
    <numerusform>{count:,} Dateien wurden nach {name} kopiert.</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>{count:,} frames</source>
   <translation>
    <numerusform>{count} Bild</numerusform>
    <numerusform>{count:,} Bilder</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>{count:,} frames are not measured: empty the search, and M measures them.</source>
   <translation>
    <numerusform>{count} Bild ist nicht gemessen: Suche leeren, dann misst es M.</numerusform>
    <numerusform>{count:,} Bilder sind nicht gemessen: Suche leeren, dann misst sie M.</numerusform>
   </translation>
  </message>
  <message>
   <source>{count:,} of {total:,}</source>
   <translation>{count:,} von {total:,}</translation>
  </message>
  <message numerus="yes">
   <source>{count:,} pictures</source>
   <translation>
    <numerusform>{count} Bild</numerusform>
    <numerusform>{count:,} Bilder</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>{count:,} samples</source>
   <translation>
    <numerusform>{count} Beispiel</numerusform>
    <numerusform>{count:,} Beispiele</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>{count:,} selected</source>
   <translation>
    <numerusform>{count} gewählt</numerusform>
    <numerusform>{count:,} gewählt</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>{count:,} steps</source>
   <translation>
    <numerusform>{count} Schritt</numerusform>
    <numerusform>{count:,} Schritte</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>{count:,} targets</source>
   <translation>
    <numerusform>{count} Ziel</numerusform>
    <numerusform>{count:,} Zielen</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>{count} days</source>
   <translation>
    <numerusform>{count} Tag</numerusform>
    <numerusform>{count} Tage</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>{count} frames are here</source>
   <translation>
    <numerusform>{count} Bild ist hier</numerusform>
    <numerusform>{count} Bilder sind hier</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>{count} frames are to be had</source>
   <translation>
    <numerusform>{count} Bild ist zu haben</numerusform>
    <numerusform>{count} Bilder sind zu haben</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>{count} frames have the same limits now.</source>
   <translation>
    <numerusform>{count} Bild hat jetzt dieselben Grenzen.</numerusform>
    <numerusform>{count} Bilder haben jetzt dieselben Grenzen.</numerusform>
   </translation>
  </message>
  <message>
   <source>{count} frames of one field are open.</source>
   <translation>{count} Aufnahmen eines Feldes sind geöffnet.</translation>
  </message>
  <message>
   <source>{count} frames of this field are open: what they sampled together comes before a guess.</source>
   <translation>{count} Aufnahmen dieses Feldes sind geöffnet: Was sie zusammen abgetastet haben, geht vor Vermutungen.</translation>
  </message>
  <message numerus="yes">
   <source>{count} frames were not brought back.</source>
   <translation>
    <numerusform>{count} Aufnahme wurde nicht zurückgeholt.</numerusform>
    <numerusform>{count} Aufnahmen wurden nicht zurückgeholt.</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>{count} hints</source>
   <translation>
    <numerusform>{count} Hinweis</numerusform>
    <numerusform>{count} Hinweise</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>{count} lines</source>
   <translation>
    <numerusform>{count} Zeile</numerusform>
    <numerusform>{count} Zeilen</numerusform>
   </translation>
  </message>
  <message>
   <source>{count} of {frames_count} frames; shifts known to {worst:.4f} pixels.</source>
   <translation>{count} von {frames_count} Aufnahmen; Verschiebungen auf {worst:.4f} Pixel bekannt.</translation>
  </message>
  <message>
   <source>{count} of {total}</source>
   <translation>{count} von {total}</translation>
  </message>
  <message numerus="yes">
   <source>{count} pictures</source>
   <translation>
    <numerusform>{count} Bild</numerusform>
    <numerusform>{count} Bilder</numerusform>
   </translation>
  </message>
  <message>
   <source>{count} pictures are too few to train on and to hold some out</source>
   <translation>{count} Bilder sind zu wenige, um zu trainieren und einige zurückzuhalten</translation>
  </message>
  <message>
   <source>{count} pictures of {targets} targets are too few to learn from and to be judged by: at least {least} targets are needed</source>
   <translation>{count} Bilder von {targets} Zielen sind zu wenige, um daraus zu lernen und daran zu messen: Es braucht mindestens {least} Ziele</translation>
  </message>
  <message>
   <source>{count} regions are chosen</source>
   <translation>{count} Regionen sind gewählt</translation>
  </message>
  <message numerus="yes">
   <source>{count} results of {name} could not be brought back.</source>
   <translation>
    <numerusform>{count} Ergebnis von {name} ließ sich nicht wiederherstellen.</numerusform>
    <numerusform>{count} Ergebnisse von {name} ließen sich nicht wiederherstellen.</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>{count} stars</source>
   <translation>
    <numerusform>{count} Stern</numerusform>
    <numerusform>{count} Sterne</numerusform>
   </translation>
  </message>
  <message>
   <source>{credit} is no regular expression: {problem}</source>
   <translation>{credit} ist kein regulärer Ausdruck: {problem}</translation>
  </message>
  <message>
   <source>{device} failed and is not used.</source>
   <translation>{device} fiel durch und wird nicht benutzt.</translation>
  </message>
  <message>
   <source>{device} has no room for a test</source>
   <translation>{device} hat keinen Platz für einen Test</translation>
  </message>
  <message>
   <source>{device} has too little memory for a batch of {piece}</source>
   <translation>{device} hat zu wenig Speicher für {piece} Proben je Schritt</translation>
  </message>
  <message>
   <source>{done:,} done</source>
   <translation>{done:,} fertig</translation>
  </message>
  <message>
   <source>{done:,} of {frames} were done</source>
   <translation>{done:,} von {frames} waren fertig</translation>
  </message>
  <message>
   <source>{done:,} of {of:,}</source>
   <translation>{done:,} von {of:,}</translation>
  </message>
  <message>
   <source>{done:,} of {of:,} files looked at</source>
   <translation>{done:,} von {of:,} Dateien angesehen</translation>
  </message>
  <message>
   <source>{done:,} of {of:,} files were copied.</source>
   <translation>{done:,} von {of:,} Dateien wurden kopiert.</translation>
  </message>
  <message>
   <source>{done} of {of}</source>
   <translation>{done} von {of}</translation>
  </message>
  <message>
   <source>{done} of {of} frames</source>
   <translation>{done} von {of} Bildern</translation>
  </message>
  <message>
   <source>{ended:,} of {frames} are done. Quit now?</source>
   <translation>{ended:,} von {frames} sind fertig. Jetzt beenden?</translation>
  </message>
  <message>
   <source>{ended:,} of {total:,}</source>
   <translation>{ended:,} von {total:,}</translation>
  </message>
  <message>
   <source>{ended} of {of}</source>
   <translation>{ended} von {of}</translation>
  </message>
  <message>
   <source>{failed:,} failed</source>
   <translation>{failed:,} gescheitert</translation>
  </message>
  <message>
   <source>{failed} failed</source>
   <translation>{failed} gescheitert</translation>
  </message>
  <message>
   <source>{failed} failed: start again to try those</source>
   <translation>{failed} gescheitert: neu starten, um sie zu wiederholen</translation>
  </message>
  <message>
   <source>{figure}, a change of {change} ± {noise}: {judged}.</source>
   <translation>{figure}, eine Änderung von {change} ± {noise}: {judged}.</translation>
  </message>
  <message>
   <source>{figure}; one target says nothing of others.</source>
   <translation>{figure}; ein Ziel sagt nichts über andere.</translation>
  </message>
  <message>
   <source>{file_name} is in {unit}, {other_file_name} in {other_unit}</source>
   <translation>{file_name} ist in {unit}, {other_file_name} in {other_unit}</translation>
  </message>
  <message>
   <source>{file_name} is the original, which astroview never overwrites</source>
   <translation>{file_name} ist das Original, das astroview nie überschreibt</translation>
  </message>
  <message>
   <source>{file_name} was not saved: {message}</source>
   <translation>{file_name} wurde nicht gespeichert: {message}</translation>
  </message>
  <message>
   <source>{file_name} was not saved: {url} is not what was sent</source>
   <translation>{file_name} wurde nicht gespeichert: {url} ist nicht, was gesendet wurde</translation>
  </message>
  <message>
   <source>{folder} cannot be made a folder: {strerror}</source>
   <translation>{folder} kann kein Ordner werden: {strerror}</translation>
  </message>
  <message>
   <source>{frames} enhanced</source>
   <translation>{frames} verbessert</translation>
  </message>
  <message>
   <source>{frames} enhanced in {rough}</source>
   <translation>{frames} in {rough} verbessert</translation>
  </message>
  <message>
   <source>{frames} failed: {reason}</source>
   <translation>{frames} gescheitert: {reason}</translation>
  </message>
  <message>
   <source>{gap} better</source>
   <translation>{gap} besser</translation>
  </message>
  <message>
   <source>{gap} worse</source>
   <translation>{gap} schlechter</translation>
  </message>
  <message>
   <source>{get} needs packages that are not installed{named}</source>
   <translation>{get} braucht Pakete, die nicht installiert sind{named}</translation>
  </message>
  <message>
   <source>{host} cannot be reached</source>
   <translation>{host} ist nicht zu erreichen</translation>
  </message>
  <message>
   <source>{host} did not answer within {seconds:.0f} seconds</source>
   <translation>{host} hat nicht innerhalb von {seconds:.0f} Sekunden geantwortet</translation>
  </message>
  <message>
   <source>{host} does not give it ({code} {reason})</source>
   <translation>{host} gibt es nicht her ({code} {reason})</translation>
  </message>
  <message>
   <source>{host} does not give it: {problem}</source>
   <translation>{host} gibt es nicht her: {problem}</translation>
  </message>
  <message>
   <source>{host} is not asked: astroview works offline</source>
   <translation>{host} wird nicht gefragt: astroview arbeitet offline</translation>
  </message>
  <message>
   <source>{host} leads to {address}, which is no public address</source>
   <translation>{host} führt zu {address}, und das ist keine öffentliche Adresse</translation>
  </message>
  <message>
   <source>{host} sends more than {amount}</source>
   <translation>{host} sendet mehr als {amount}</translation>
  </message>
  <message>
   <source>{host} sent {what} instead of a picture</source>
   <translation>{host} sandte {what} statt eines Bildes</translation>
  </message>
  <message>
   <source>{inside:,} of {total:,} sources of {name} lie here.</source>
   <translation>{inside:,} von {total:,} Quellen aus {name} liegen hier.</translation>
  </message>
  <message>
   <source>{kind} parameter {parameter}</source>
   <translation>{kind}-Parameter {parameter}</translation>
  </message>
  <message>
   <source>{label} stands on a result that is gone</source>
   <translation>{label} beruht auf einem Ergebnis, das fehlt</translation>
  </message>
  <message>
   <source>{label} · detail below S/N {trust:g} hidden</source>
   <translation>{label} · Einzelheiten unter S/N {trust:g} ausgeblendet</translation>
  </message>
  <message>
   <source>{label}, in colour</source>
   <translation>{label}, in Farbe</translation>
  </message>
  <message>
   <source>{left:,} not done</source>
   <translation>{left:,} nicht fertig</translation>
  </message>
  <message>
   <source>{listed} and {more} more</source>
   <translation>{listed} und {more} weitere</translation>
  </message>
  <message>
   <source>{listed} of one field are open.</source>
   <translation>{listed} desselben Felds sind offen.</translation>
  </message>
  <message>
   <source>{low:g} and {high:g} are no percentiles.</source>
   <translation>{low:g} und {high:g} sind keine Perzentile.</translation>
  </message>
  <message>
   <source>{m:g} minutes</source>
   <translation>{m:g} Minuten</translation>
  </message>
  <message>
   <source>{minutes:.3g} minutes</source>
   <translation>{minutes:.3g} Minuten</translation>
  </message>
  <message>
   <source>{minutes:.3g} minutes (about {steps:,} steps)</source>
   <translation>{minutes:.3g} Minuten (etwa {steps:,} Schritte)</translation>
  </message>
  <message>
   <source>{minutes} or {steps}</source>
   <translation>{minutes} oder {steps}</translation>
  </message>
  <message>
   <source>{minutes}:{seconds:02d} left</source>
   <translation>noch {minutes}:{seconds:02d}</translation>
  </message>
  <message>
   <source>{names} and {count} more</source>
   <translation>{names} und {count} weitere</translation>
  </message>
  <message>
   <source>{names} frames were open.</source>
   <translation>{names} Bilder waren offen.</translation>
  </message>
  <message>
   <source>{names} of this field are open: their true colour comes before a painted one.</source>
   <translation>{names} dieses Felds sind offen: Ihre wahre Farbe geht vor eine gemalte.</translation>
  </message>
  <message>
   <source>{names}: another network than the recipe's</source>
   <translation>{names}: ein anderes Netz als das der Vorlage</translation>
  </message>
  <message>
   <source>{name} ({amount}) unpacks to more than {most_amount}, which is allowed</source>
   <translation>{name} ({amount}) wird entpackt größer als {most_amount}, die erlaubt sind</translation>
  </message>
  <message>
   <source>{name} ({amount}) would take {needs_amount} of memory; {allowed_amount} are allowed</source>
   <translation>{name} ({amount}) bräuchte {needs_amount} Speicher; erlaubt sind {allowed_amount}</translation>
  </message>
  <message>
   <source>{name} and {reference_name} show different parts of the sky</source>
   <translation>{name} und {reference_name} zeigen verschiedene Teile des Himmels</translation>
  </message>
  <message>
   <source>{name} belongs to astroview and stays as it is</source>
   <translation>{name} gehört zu astroview und bleibt, wie es ist</translation>
  </message>
  <message>
   <source>{name} can no longer be read: {reason}</source>
   <translation>{name} ist nicht mehr lesbar: {reason}</translation>
  </message>
  <message>
   <source>{name} cannot be handed to the enhancer: {strerror}</source>
   <translation>{name} lässt sich dem Verbesserer nicht übergeben: {strerror}</translation>
  </message>
  <message>
   <source>{name} cannot be imported: {why}</source>
   <translation>{name} lässt sich nicht importieren: {why}</translation>
  </message>
  <message>
   <source>{name} cannot be opened as a session: {problem}</source>
   <translation>{name} lässt sich nicht als Sitzung öffnen: {problem}</translation>
  </message>
  <message>
   <source>{name} cannot be opened: {strerror}</source>
   <translation>{name} lässt sich nicht öffnen: {strerror}</translation>
  </message>
  <message>
   <source>{name} cannot be read any more: {problem}</source>
   <translation>{name} kann nicht mehr gelesen werden: {problem}</translation>
  </message>
  <message>
   <source>{name} cannot be read as a raw photograph ({problem})</source>
   <translation>{name} kann nicht als Rohfoto gelesen werden ({problem})</translation>
  </message>
  <message>
   <source>{name} cannot be read as a table: {problem}</source>
   <translation>{name} ist nicht als Tabelle lesbar: {problem}</translation>
  </message>
  <message>
   <source>{name} cannot be read: {problem}</source>
   <translation>{name} ist nicht lesbar: {problem}</translation>
  </message>
  <message>
   <source>{name} cannot be read: {strerror}</source>
   <translation>{name} ist nicht lesbar: {strerror}</translation>
  </message>
  <message>
   <source>{name} cannot be shown as a mosaic</source>
   <translation>{name} lässt sich nicht als Mosaik zeigen</translation>
  </message>
  <message>
   <source>{name} cannot be shown: its colour profile is packed in a way that is not read here</source>
   <translation>{name} lässt sich nicht zeigen: Sein Farbprofil ist auf eine Art gepackt, die hier nicht gelesen wird</translation>
  </message>
  <message>
   <source>{name} cannot be shown: its colours (YCbCr) are stored in an unusual way</source>
   <translation>{name} lässt sich nicht zeigen: Seine Farben (YCbCr) sind ungewöhnlich gespeichert</translation>
  </message>
  <message>
   <source>{name} cannot be shown: its colours are not of 8 or 16 bits</source>
   <translation>{name} lässt sich nicht zeigen: Seine Farben haben weder 8 noch 16 Bit</translation>
  </message>
  <message>
   <source>{name} cannot be shown: its colours are {space}</source>
   <translation>{name} kann nicht gezeigt werden: Seine Farben sind {space}</translation>
  </message>
  <message>
   <source>{name} cannot be shown: its inks are not cyan, magenta, yellow and black</source>
   <translation>{name} lässt sich nicht zeigen: Seine Druckfarben sind nicht Cyan, Magenta, Gelb und Schwarz</translation>
  </message>
  <message>
   <source>{name} cannot be shown: {problem}</source>
   <translation>{name} kann nicht gezeigt werden: {problem}</translation>
  </message>
  <message>
   <source>{name} cannot be shown: {what}</source>
   <translation>{name} kann nicht gezeigt werden: {what}</translation>
  </message>
  <message>
   <source>{name} cannot be tuned: its task is {task}</source>
   <translation>{name} lässt sich nicht abstimmen: Seine Aufgabe ist {task}</translation>
  </message>
  <message>
   <source>{name} cannot be unpacked: {strerror}</source>
   <translation>{name} lässt sich nicht entpacken: {strerror}</translation>
  </message>
  <message>
   <source>{name} cannot be used: {problem}</source>
   <translation>{name} ist nicht brauchbar: {problem}</translation>
  </message>
  <message>
   <source>{name} cannot be written: {problem}</source>
   <translation>{name} lässt sich nicht schreiben: {problem}</translation>
  </message>
  <message>
   <source>{name} cannot be written: {strerror}</source>
   <translation>{name} lässt sich nicht schreiben: {strerror}</translation>
  </message>
  <message>
   <source>{name} cannot paint with measured colours</source>
   <translation>{name} kann nicht mit gemessenen Farben malen</translation>
  </message>
  <message>
   <source>{name} changed on disk.</source>
   <translation>{name} wurde auf dem Laufwerk geändert.</translation>
  </message>
  <message>
   <source>{name} could not be downloaded ({problem})</source>
   <translation>{name} ließ sich nicht herunterladen ({problem})</translation>
  </message>
  <message>
   <source>{name} could not be exported</source>
   <translation>{name} ließ sich nicht ausgeben</translation>
  </message>
  <message>
   <source>{name} could not be imported: the process ended</source>
   <translation>{name} konnte nicht importiert werden: Der Prozess endete</translation>
  </message>
  <message>
   <source>{name} could not be read</source>
   <translation>{name} konnte nicht gelesen werden</translation>
  </message>
  <message>
   <source>{name} does not begin like a FITS file</source>
   <translation>{name} beginnt nicht wie eine FITS-Datei</translation>
  </message>
  <message>
   <source>{name} does not fit its parent {parent_name}</source>
   <translation>{name} passt nicht zu seinem Ursprung {parent_name}</translation>
  </message>
  <message>
   <source>{name} does not fit onto {frame_name}: neither stars nor features of the two agree</source>
   <translation>{name} passt nicht auf {frame_name}: Weder Sterne noch Merkmale der beiden stimmen überein</translation>
  </message>
  <message>
   <source>{name} does not fit onto {frame_name}: their lightness agrees by {value:.2f} only, of 1</source>
   <translation>{name} passt nicht auf {frame_name}: Ihre Helligkeit stimmt nur zu {value:.2f} von 1 überein</translation>
  </message>
  <message>
   <source>{name} does not hold a picture</source>
   <translation>{name} enthält kein Bild</translation>
  </message>
  <message>
   <source>{name} does not say where on the sky it is, so no survey can be asked</source>
   <translation>{name} sagt nicht, wo am Himmel es liegt, also kann keine Durchmusterung gefragt werden</translation>
  </message>
  <message>
   <source>{name} failed: {why}</source>
   <translation>{name} gescheitert: {why}</translation>
  </message>
  <message>
   <source>{name} has changed since it was measured</source>
   <translation>{name} hat sich seit der Messung geändert</translation>
  </message>
  <message>
   <source>{name} has colours of its own</source>
   <translation>{name} hat eigene Farben</translation>
  </message>
  <message>
   <source>{name} has headers but no picture</source>
   <translation>{name} hat Header, aber kein Bild</translation>
  </message>
  <message>
   <source>{name} has no HDU {hdu}</source>
   <translation>{name} hat keine HDU {hdu}</translation>
  </message>
  <message>
   <source>{name} has no HDU {wanted}</source>
   <translation>{name} hat keine HDU {wanted}</translation>
  </message>
  <message>
   <source>{name} has no MANIFEST.csv</source>
   <translation>{name} hat keine MANIFEST.csv</translation>
  </message>
  <message>
   <source>{name} has no checkpoint yet</source>
   <translation>{name} hat noch keinen Zwischenstand</translation>
  </message>
  <message>
   <source>{name} has no colours that could be believed of the field of {frame_name}</source>
   <translation>{name} hat keine glaubhaften Farben des Feldes von {frame_name}</translation>
  </message>
  <message>
   <source>{name} has no columns with positions (its columns: {some})</source>
   <translation>{name} hat keine Spalten mit Orten (seine Spalten: {some})</translation>
  </message>
  <message>
   <source>{name} has no head of a super-resolver</source>
   <translation>{name} hat keinen Kopf eines Super-Resolvers</translation>
  </message>
  <message>
   <source>{name} has no image {hdu}</source>
   <translation>{name} hat kein Bild {hdu}</translation>
  </message>
  <message>
   <source>{name} has no page {plane}</source>
   <translation>{name} hat keine Seite {plane}</translation>
  </message>
  <message>
   <source>{name} has no palette “{name_2}”</source>
   <translation>{name} hat keine Palette „{name_2}“</translation>
  </message>
  <message>
   <source>{name} has no picture {index}</source>
   <translation>{name} hat kein Bild {index}</translation>
  </message>
  <message>
   <source>{name} has no picture {plane}</source>
   <translation>{name} hat kein Bild {plane}</translation>
  </message>
  <message>
   <source>{name} has no plane {plane}</source>
   <translation>{name} hat keine Ebene {plane}</translation>
  </message>
  <message>
   <source>{name} has no preview</source>
   <translation>{name} hat keine Vorschau</translation>
  </message>
  <message>
   <source>{name} has no preview ({problem})</source>
   <translation>{name} hat keine Vorschau ({problem})</translation>
  </message>
  <message>
   <source>{name} has no sky coordinates and another size than the other bands</source>
   <translation>{name} hat keine Himmelskoordinaten und eine andere Größe als die anderen Bänder</translation>
  </message>
  <message>
   <source>{name} has nothing in it</source>
   <translation>{name} ist innen leer</translation>
  </message>
  <message>
   <source>{name} has one picture only</source>
   <translation>{name} hat nur ein Bild</translation>
  </message>
  <message>
   <source>{name} has one plane</source>
   <translation>{name} hat eine Ebene</translation>
  </message>
  <message>
   <source>{name} has too few colour pictures to take palettes of{why}</source>
   <translation>{name} hat zu wenige Farbbilder, um Paletten davon zu nehmen{why}</translation>
  </message>
  <message>
   <source>{name} has too few palettes</source>
   <translation>{name} hat zu wenige Paletten</translation>
  </message>
  <message>
   <source>{name} holds NumPy arrays</source>
   <translation>{name} enthält NumPy-Felder</translation>
  </message>
  <message>
   <source>{name} holds a one-dimensional spectrum or series, not a picture</source>
   <translation>{name} enthält ein eindimensionales Spektrum oder eine Reihe, kein Bild</translation>
  </message>
  <message>
   <source>{name} holds a run of another model</source>
   <translation>{name} enthält den Lauf eines anderen Modells</translation>
  </message>
  <message>
   <source>{name} holds a run of another model or method</source>
   <translation>{name} enthält den Lauf eines anderen Modells oder Verfahrens</translation>
  </message>
  <message>
   <source>{name} holds no colour map</source>
   <translation>{name} enthält keine Farbtafel</translation>
  </message>
  <message>
   <source>{name} holds no data: every pixel looked at is blank</source>
   <translation>{name} enthält keine Daten: Jedes angesehene Pixel ist leer</translation>
  </message>
  <message>
   <source>{name} holds no frame</source>
   <translation>{name} enthält kein Bild</translation>
  </message>
  <message>
   <source>{name} holds no image</source>
   <translation>{name} enthält kein Bild</translation>
  </message>
  <message>
   <source>{name} holds no original of these pictures</source>
   <translation>{name} enthält kein Original dieser Bilder</translation>
  </message>
  <message>
   <source>{name} holds no palettes that can be used: {problem}</source>
   <translation>{name} enthält keine brauchbaren Paletten: {problem}</translation>
  </message>
  <message>
   <source>{name} holds no picture that can be read</source>
   <translation>{name} enthält kein lesbares Bild</translation>
  </message>
  <message>
   <source>{name} holds no region that can be read: {counted}</source>
   <translation>{name} enthält keine lesbare Region: {counted}</translation>
  </message>
  <message>
   <source>{name} holds no regions</source>
   <translation>{name} enthält keine Regionen</translation>
  </message>
  <message>
   <source>{name} holds no run of a recipe: {problem}</source>
   <translation>{name} enthält keinen Lauf eines Rezepts: {problem}</translation>
  </message>
  <message>
   <source>{name} holds no weights that can be used: {why}</source>
   <translation>{name} enthält keine brauchbaren Gewichte: {why}</translation>
  </message>
  <message>
   <source>{name} holds other files</source>
   <translation>{name} enthält andere Dateien</translation>
  </message>
  <message>
   <source>{name} holds radio visibilities (random groups), not a picture</source>
   <translation>{name} enthält Radio-Visibilities (Random Groups), kein Bild</translation>
  </message>
  <message>
   <source>{name} holds tables but no picture</source>
   <translation>{name} enthält Tabellen, aber kein Bild</translation>
  </message>
  <message numerus="yes">
   <source>{name} holds {count:,} sources.</source>
   <translation>
    <numerusform>{name} enthält {count} Quelle.</numerusform>
    <numerusform>{name} enthält {count:,} Quellen.</numerusform>
   </translation>
  </message>
  <message>
   <source>{name} holds {frames}.</source>
   <translation>{name} enthält {frames}.</translation>
  </message>
  <message>
   <source>{name} holds {frames}; the first {opened:,} are opened.</source>
   <translation>{name} enthält {frames}; die ersten {opened:,} werden geöffnet.</translation>
  </message>
  <message>
   <source>{name} is a HEALPix sky map, not a flat picture</source>
   <translation>{name} ist eine HEALPix-Himmelskarte, kein flaches Bild</translation>
  </message>
  <message>
   <source>{name} is a HEIC photograph, which astroview does not read</source>
   <translation>{name} ist ein HEIC-Foto, das astroview nicht liest</translation>
  </message>
  <message>
   <source>{name} is a colour picture already</source>
   <translation>{name} ist schon ein Farbbild</translation>
  </message>
  <message>
   <source>{name} is a film, not a picture</source>
   <translation>{name} ist ein Film, kein Bild</translation>
  </message>
  <message>
   <source>{name} is a folder</source>
   <translation>{name} ist ein Ordner</translation>
  </message>
  <message>
   <source>{name} is a raw frame of a colour camera ({pattern}): each of its pixels measured one colour, and it is not grey</source>
   <translation>{name} ist ein Rohbild einer Farbkamera ({pattern}): Jedes Pixel hat eine Farbe gemessen, grau ist es nicht</translation>
  </message>
  <message>
   <source>{name} is a raw frame of a colour camera with filters ({pattern}) that astroview cannot turn into colour</source>
   <translation>{name} ist eine Rohaufnahme einer Farbkamera mit Filtern ({pattern}), aus denen astroview keine Farbe machen kann</translation>
  </message>
  <message>
   <source>{name} is a raw photograph, and the package that reads these is not installed</source>
   <translation>{name} ist ein Rohfoto, und das Paket, das solche liest, ist nicht installiert</translation>
  </message>
  <message>
   <source>{name} is a run folder of format {version}; this version knows format {format}</source>
   <translation>{name} ist ein Laufordner im Format {version}; diese Version kennt Format {format}</translation>
  </message>
  <message>
   <source>{name} is a run folder of format {version}; this version writes format {format}</source>
   <translation>{name} ist ein Laufordner im Format {version}; diese Version schreibt Format {format}</translation>
  </message>
  <message>
   <source>{name} is a text file, not FITS</source>
   <translation>{name} ist eine Textdatei, kein FITS</translation>
  </message>
  <message>
   <source>{name} is a video of a camera (SER), not one picture</source>
   <translation>{name} ist ein Kameravideo (SER), kein einzelnes Bild</translation>
  </message>
  <message>
   <source>{name} is an ASDF file</source>
   <translation>{name} ist eine ASDF-Datei</translation>
  </message>
  <message>
   <source>{name} is an HDF5 file</source>
   <translation>{name} ist eine HDF5-Datei</translation>
  </message>
  <message>
   <source>{name} is an adapter, and its card names no parent</source>
   <translation>{name} ist ein Adapter, und seine Karte nennt keinen Ursprung</translation>
  </message>
  <message>
   <source>{name} is an archive, not a picture</source>
   <translation>{name} ist ein Archiv, kein Bild</translation>
  </message>
  <message>
   <source>{name} is at RA {at:.5f}°, Dec {at_2:+.5f}°.</source>
   <translation>{name} liegt bei RA {at:.5f}°, Dec {at_2:+.5f}°.</translation>
  </message>
  <message>
   <source>{name} is damaged</source>
   <translation>{name} ist beschädigt</translation>
  </message>
  <message>
   <source>{name} is damaged and cannot be decoded ({problem})</source>
   <translation>{name} ist beschädigt und nicht zu entziffern ({problem})</translation>
  </message>
  <message>
   <source>{name} is damaged or of an unknown kind of TIFF ({problem})</source>
   <translation>{name} ist beschädigt oder ein unbekanntes TIFF ({problem})</translation>
  </message>
  <message>
   <source>{name} is damaged: a part of the picture is missing</source>
   <translation>{name} ist beschädigt: Ein Teil des Bildes fehlt</translation>
  </message>
  <message>
   <source>{name} is damaged: it cannot be unpacked ({problem})</source>
   <translation>{name} ist beschädigt: Es lässt sich nicht entpacken ({problem})</translation>
  </message>
  <message>
   <source>{name} is damaged: it has {samplesperpixel} samples a pixel, and its colours need {colours}</source>
   <translation>{name} ist beschädigt: Es hat {samplesperpixel} Werte je Pixel, und seine Farben brauchen {colours}</translation>
  </message>
  <message>
   <source>{name} is damaged: the table of its colours is missing</source>
   <translation>{name} ist beschädigt: Die Tabelle seiner Farben fehlt</translation>
  </message>
  <message>
   <source>{name} is damaged: what it says of itself leads in circles</source>
   <translation>{name} ist beschädigt: Ihre Angaben führen im Kreis</translation>
  </message>
  <message>
   <source>{name} is damaged: {what}</source>
   <translation>{name} ist beschädigt: {what}</translation>
  </message>
  <message>
   <source>{name} is empty (0 bytes)</source>
   <translation>{name} ist leer (0 Byte)</translation>
  </message>
  <message>
   <source>{name} is enhanced.</source>
   <translation>{name} ist verbessert.</translation>
  </message>
  <message>
   <source>{name} is gone</source>
   <translation>{name} ist nicht mehr da</translation>
  </message>
  <message>
   <source>{name} is grey: it has no colours to give</source>
   <translation>{name} ist grau: Es hat keine Farben zu geben</translation>
  </message>
  <message>
   <source>{name} is grey: no colour can be learnt from it</source>
   <translation>{name} ist grau: Daraus lässt sich keine Farbe lernen</translation>
  </message>
  <message>
   <source>{name} is grey: there is no palette in it</source>
   <translation>{name} ist grau: Darin ist keine Palette</translation>
  </message>
  <message>
   <source>{name} is here.</source>
   <translation>{name} ist hier.</translation>
  </message>
  <message>
   <source>{name} is in no format that astroview writes</source>
   <translation>{name} hat kein Format, das astroview schreibt</translation>
  </message>
  <message>
   <source>{name} is larger than {amount}, which a download may be</source>
   <translation>{name} ist größer als {amount}, die ein Download haben darf</translation>
  </message>
  <message>
   <source>{name} is no bank of palettes: {problem}</source>
   <translation>{name} ist keine Palettensammlung: {problem}</translation>
  </message>
  <message>
   <source>{name} is no colorizer</source>
   <translation>{name} ist kein Einfärber</translation>
  </message>
  <message>
   <source>{name} is no cube</source>
   <translation>{name} ist kein Würfel</translation>
  </message>
  <message>
   <source>{name} is no curve that astroview has</source>
   <translation>{name} ist keine Kurve, die astroview hat</translation>
  </message>
  <message>
   <source>{name} is no list of pairs</source>
   <translation>{name} ist keine Liste von Paaren</translation>
  </message>
  <message>
   <source>{name} is no longer on disk.</source>
   <translation>{name} ist nicht mehr auf dem Laufwerk.</translation>
  </message>
  <message>
   <source>{name} is no report of a curation: {problem}</source>
   <translation>{name} ist kein Bericht einer Sichtung: {problem}</translation>
  </message>
  <message>
   <source>{name} is no run folder.</source>
   <translation>{name} ist kein Laufordner.</translation>
  </message>
  <message>
   <source>{name} is no run folder: it has no {config_name}</source>
   <translation>{name} ist kein Laufordner: Es fehlt {config_name}</translation>
  </message>
  <message>
   <source>{name} is no run with a critic</source>
   <translation>{name} ist kein Lauf mit Kritiker</translation>
  </message>
  <message>
   <source>{name} is no set of bands</source>
   <translation>{name} ist kein Satz von Bändern</translation>
  </message>
  <message>
   <source>{name} is no super-resolver</source>
   <translation>{name} ist kein Super-Resolver</translation>
  </message>
  <message>
   <source>{name} is no super-resolver and no colorizer</source>
   <translation>{name} ist weder Schärfer noch Einfärber</translation>
  </message>
  <message>
   <source>{name} is not a file</source>
   <translation>{name} ist keine Datei</translation>
  </message>
  <message>
   <source>{name} is not a model for --task {task}</source>
   <translation>{name} ist kein Modell für --task {task}</translation>
  </message>
  <message>
   <source>{name} is not a model to {task} with</source>
   <translation>{name} ist kein Modell für {task}</translation>
  </message>
  <message>
   <source>{name} is not a picture that astroview knows</source>
   <translation>{name} ist kein Bild, das astroview kennt</translation>
  </message>
  <message>
   <source>{name} is not a recipe: {problem}</source>
   <translation>{name} ist kein Rezept: {problem}</translation>
  </message>
  <message>
   <source>{name} is not a whole number of times as fine as {before_name}</source>
   <translation>{name} ist nicht um eine ganze Zahl feiner als {before_name}</translation>
  </message>
  <message>
   <source>{name} is not among the frames that can be read</source>
   <translation>{name} ist nicht unter den lesbaren Aufnahmen</translation>
  </message>
  <message>
   <source>{name} is not as large as a result of {original_name}</source>
   <translation>{name} ist nicht so groß wie ein Ergebnis von {original_name}</translation>
  </message>
  <message>
   <source>{name} is not fetched: astroview works offline</source>
   <translation>{name} wird nicht geholt: astroview arbeitet offline</translation>
  </message>
  <message>
   <source>{name} is not there</source>
   <translation>{name} ist nicht da</translation>
  </message>
  <message>
   <source>{name} is offered by {address}, which is no public address</source>
   <translation>{name} wird von {address} angeboten, das keine öffentliche Adresse ist</translation>
  </message>
  <message>
   <source>{name} is one of the bands</source>
   <translation>{name} ist eines der Bänder</translation>
  </message>
  <message>
   <source>{name} is one of the frames, which astroview never overwrites</source>
   <translation>{name} ist eine der Aufnahmen, die astroview nie überschreibt</translation>
  </message>
  <message>
   <source>{name} is packed with the old Unix tool compress</source>
   <translation>{name} ist mit dem alten Unix-Programm compress gepackt</translation>
  </message>
  <message>
   <source>{name} is the original, which astroview never overwrites</source>
   <translation>{name} ist das Original, das astroview nie überschreibt</translation>
  </message>
  <message>
   <source>{name} is the same everywhere: it has no colours to give</source>
   <translation>{name} ist überall gleich: Es hat keine Farben zu geben</translation>
  </message>
  <message>
   <source>{name} is too coarse for {frame_name}: it resolves {side:.3g} of its pixels, and the frame has {shape}</source>
   <translation>{name} ist zu grob für {frame_name}: Aufgelöst werden {side:.3g} seiner Pixel, und die Aufnahme hat {shape}</translation>
  </message>
  <message>
   <source>{name} is too large for a file of its kind</source>
   <translation>{name} ist zu groß für eine Datei dieser Art</translation>
  </message>
  <message>
   <source>{name} is too large to show as a catalogue</source>
   <translation>{name} ist zu groß, um als Katalog gezeigt zu werden</translation>
  </message>
  <message>
   <source>{name} keeps its samples in another file ({where})</source>
   <translation>{name} hat seine Werte in einer anderen Datei ({where})</translation>
  </message>
  <message>
   <source>{name} lies on {name_2} {how}.</source>
   <translation>{name} liegt {how} auf {name_2}.</translation>
  </message>
  <message>
   <source>{name} magnifies ×{scale}, not ×{card_scale}</source>
   <translation>{name} vergrößert ×{scale}, nicht ×{card_scale}</translation>
  </message>
  <message>
   <source>{name} names no FITS file; a stack has planes that pictures cannot hold</source>
   <translation>{name} nennt keine FITS-Datei; eine Kombination hat Ebenen, die Bilder nicht fassen</translation>
  </message>
  <message>
   <source>{name} names no format that astroview writes</source>
   <translation>{name} nennt kein Format, das astroview schreibt</translation>
  </message>
  <message>
   <source>{name} names no kind of picture that the window can be saved as</source>
   <translation>{name} nennt keine Bildart, in der sich das Fenster sichern lässt</translation>
  </message>
  <message>
   <source>{name} names no pair</source>
   <translation>{name} nennt kein Paar</translation>
  </message>
  <message>
   <source>{name} says of itself that it does not keep to the FITS standard</source>
   <translation>{name} sagt von sich selbst, dass es sich nicht an die FITS-Norm hält</translation>
  </message>
  <message>
   <source>{name} says that it is to be turned ({turned}) before it is shown</source>
   <translation>{name} sagt, dass es vor dem Zeigen zu drehen ist ({turned})</translation>
  </message>
  <message>
   <source>{name} shows another part of the sky than {frame_name}</source>
   <translation>{name} zeigt einen anderen Teil des Himmels als {frame_name}</translation>
  </message>
  <message>
   <source>{name} shows more of the sky than a survey can be asked for at once</source>
   <translation>{name} zeigt mehr vom Himmel, als eine Durchmusterung auf einmal gefragt werden kann</translation>
  </message>
  <message>
   <source>{name} was made by a network: nothing of the sky can be learnt from it</source>
   <translation>{name} hat ein Netz gemacht: Daraus lässt sich nichts über den Himmel lernen</translation>
  </message>
  <message>
   <source>{name} was not kept: {strerror}</source>
   <translation>{name} wurde nicht behalten: {strerror}</translation>
  </message>
  <message>
   <source>{name} was not saved: astroview may not write in {folder}</source>
   <translation>{name} wurde nicht gespeichert: astroview darf in {folder} nicht schreiben</translation>
  </message>
  <message>
   <source>{name} was not saved: the disk is full</source>
   <translation>{name} wurde nicht gespeichert: Das Laufwerk ist voll</translation>
  </message>
  <message>
   <source>{name} was not saved: the disk is full, or its files may not be so large</source>
   <translation>{name} wurde nicht gespeichert: Das Laufwerk ist voll, oder seine Dateien dürfen nicht so groß sein</translation>
  </message>
  <message>
   <source>{name} was not saved: there is no folder {folder}</source>
   <translation>{name} wurde nicht gespeichert: Es gibt keinen Ordner {folder}</translation>
  </message>
  <message>
   <source>{name} was not saved: {problem}</source>
   <translation>{name} wurde nicht gespeichert: {problem}</translation>
  </message>
  <message>
   <source>{name} was not saved: {reason}</source>
   <translation>{name} wurde nicht gespeichert: {reason}</translation>
  </message>
  <message>
   <source>{name} was not saved: {strerror}</source>
   <translation>{name} wurde nicht gespeichert: {strerror}</translation>
  </message>
  <message>
   <source>{name} was tuned from another version of {namesake_name}</source>
   <translation>{name} wurde aus einer anderen Version von {namesake_name} abgestimmt</translation>
  </message>
  <message>
   <source>{name} was tuned from “{parent}”, which is not installed</source>
   <translation>{name} wurde aus „{parent}“ abgestimmt, das nicht installiert ist</translation>
  </message>
  <message>
   <source>{name}, source</source>
   <translation>{name}, Quelle</translation>
  </message>
  <message numerus="yes">
   <source>{name}: {count} regions are shown.</source>
   <translation>
    <numerusform>{name}: {count} Region wird gezeigt.</numerusform>
    <numerusform>{name}: {count} Regionen werden gezeigt.</numerusform>
   </translation>
  </message>
  <message>
   <source>{netloc} does not give it ({status_code} {reason})</source>
   <translation>{netloc} gibt es nicht her ({status_code} {reason})</translation>
  </message>
  <message>
   <source>{netloc} does not give it: {first_line}</source>
   <translation>{netloc} gibt es nicht her: {first_line}</translation>
  </message>
  <message>
   <source>{netloc} sends on again and again</source>
   <translation>{netloc} leitet immer wieder weiter</translation>
  </message>
  <message>
   <source>{netloc} sends on to {there}, which is not of its site</source>
   <translation>{netloc} leitet weiter an {there}, was nicht zu seiner Seite gehört</translation>
  </message>
  <message>
   <source>{number} changed</source>
   <translation>{number} verändert</translation>
  </message>
  <message>
   <source>{number} kept</source>
   <translation>{number} erhalten</translation>
  </message>
  <message>
   <source>{number} lost</source>
   <translation>{number} verloren</translation>
  </message>
  <message>
   <source>{number} new</source>
   <translation>{number} neu</translation>
  </message>
  <message>
   <source>{one} and {other} show different parts of the sky.</source>
   <translation>{one} und {other} zeigen verschiedene Teile des Himmels.</translation>
  </message>
  <message>
   <source>{out} cannot be written: {strerror}</source>
   <translation>{out} lässt sich nicht schreiben: {strerror}</translation>
  </message>
  <message>
   <source>{parent} was removed while the batch wrote into it</source>
   <translation>{parent} wurde entfernt, während der Stapel hineinschrieb</translation>
  </message>
  <message>
   <source>{path} cannot be written: {strerror}</source>
   <translation>{path} lässt sich nicht schreiben: {strerror}</translation>
  </message>
  <message>
   <source>{path} was written by a newer version of astroview</source>
   <translation>{path} wurde von einer neueren Version von astroview geschrieben</translation>
  </message>
  <message>
   <source>{protocol}:// needs a package that is not installed ({name})</source>
   <translation>{protocol}:// braucht ein Paket, das nicht installiert ist ({name})</translation>
  </message>
  <message>
   <source>{rate:.3g} s each</source>
   <translation>je {rate:.3g} s</translation>
  </message>
  <message>
   <source>{refused:,} refused</source>
   <translation>{refused:,} abgelehnt</translation>
  </message>
  <message>
   <source>{refused} could not be used. The first: {problem}</source>
   <translation>{refused} waren nicht zu gebrauchen. Das erste: {problem}</translation>
  </message>
  <message>
   <source>{rounds} rounds are not possible</source>
   <translation>{rounds} Runden sind nicht möglich</translation>
  </message>
  <message>
   <source>{scale} times as many pixels per side; flux is kept</source>
   <translation>{scale}-mal so viele Pixel je Seite; der Fluss bleibt erhalten</translation>
  </message>
  <message>
   <source>{sender} asked for it.</source>
   <translation>{sender} hat darum gebeten.</translation>
  </message>
  <message>
   <source>{sender} points at a position outside this frame.</source>
   <translation>{sender} zeigt auf einen Ort außerhalb dieses Bildes.</translation>
  </message>
  <message>
   <source>{shown:,} of {total:,} frames</source>
   <translation>{shown:,} von {total:,} Bildern</translation>
  </message>
  <message>
   <source>{shown} belongs to “{words}”: give that another key first.</source>
   <translation>{shown} gehört zu „{words}“: Gib diesem Befehl zuerst eine andere Taste.</translation>
  </message>
  <message>
   <source>{skipped:,} done before</source>
   <translation>{skipped:,} schon fertig</translation>
  </message>
  <message>
   <source>{skipped} done before</source>
   <translation>{skipped} schon fertig</translation>
  </message>
  <message>
   <source>{socket} does not find {path}</source>
   <translation>{socket} findet {path} nicht</translation>
  </message>
  <message>
   <source>{socket} has astroview {version}, not {self_version}</source>
   <translation>{socket} hat astroview {version}, nicht {self_version}</translation>
  </message>
  <message>
   <source>{socket} has other models than the machine that began the batch</source>
   <translation>{socket} hat andere Modelle als der Rechner, der den Stapel begann</translation>
  </message>
  <message>
   <source>{stem} is the frame's name, {folder} its folder's, {method} and {scale} what was done</source>
   <translation>{stem} ist der Name des Bildes, {folder} der seines Ordners, {method} und {scale}, was getan wurde</translation>
  </message>
  <message>
   <source>{steps:,} steps</source>
   <translation>{steps:,} Schritte</translation>
  </message>
  <message>
   <source>{taken} frames were combined into {name}.</source>
   <translation>{taken} Aufnahmen wurden in {name} kombiniert.</translation>
  </message>
  <message>
   <source>{text} cannot be taken.</source>
   <translation>{text} geht nicht.</translation>
  </message>
  <message>
   <source>{text} cannot be taken: {problem}</source>
   <translation>{text} geht nicht: {problem}</translation>
  </message>
  <message>
   <source>{text} holds no levels.</source>
   <translation>{text} enthält keine Werte.</translation>
  </message>
  <message>
   <source>{title} has no colours of the field of {name}</source>
   <translation>{title} hat keine Farben des Feldes von {name}</translation>
  </message>
  <message>
   <source>{title} has no frames of {target}</source>
   <translation>{title} hat keine Bilder von {target}</translation>
  </message>
  <message>
   <source>{trained:,} of {parameters:,} numbers learn</source>
   <translation>{trained:,} von {parameters:,} Zahlen lernen</translation>
  </message>
  <message>
   <source>{training:,} to learn from, {held_out:,} held out</source>
   <translation>{training:,} zum Lernen, {held_out:,} zurückgehalten</translation>
  </message>
  <message>
   <source>{turned:.2f}° (N through E)</source>
   <translation>{turned:.2f}° (von N über O)</translation>
  </message>
  <message>
   <source>{turned:.2f}° (N through E, {system})</source>
   <translation>{turned:.2f}° (von N über O, {system})</translation>
  </message>
  <message>
   <source>{turned:.2f}° (from right, upwards)</source>
   <translation>{turned:.2f}° (von rechts, nach oben)</translation>
  </message>
  <message>
   <source>{url} cannot be reached: {problem}</source>
   <translation>{url} ist nicht zu erreichen: {problem}</translation>
  </message>
  <message>
   <source>{url} is no address of a file</source>
   <translation>{url} ist keine Adresse einer Datei</translation>
  </message>
  <message>
   <source>{url} is no place that can be used: {problem}</source>
   <translation>{url} ist kein brauchbarer Ort: {problem}</translation>
  </message>
  <message>
   <source>{url} refuses: {problem}</source>
   <translation>{url} lehnt ab: {problem}</translation>
  </message>
  <message>
   <source>{use}, held out</source>
   <translation>{use}, zurückgehalten</translation>
  </message>
  <message>
   <source>{waiting} more</source>
   <translation>{waiting} weitere</translation>
  </message>
  <message>
   <source>{what}, in σ (noise of a pixel: {sigma}{unit})</source>
   <translation>{what}, in σ (Rauschen eines Pixels: {sigma}{unit})</translation>
  </message>
  <message>
   <source>{words}, into {out}.</source>
   <translation>{words}, nach {out}.</translation>
  </message>
  <message>
   <source>“astroview models” tells what each model does.</source>
   <translation>„astroview models“ sagt, was jedes Modell tut.</translation>
  </message>
  <message>
   <source>“{address}” is no cluster</source>
   <translation>„{address}“ ist kein Cluster</translation>
  </message>
  <message>
   <source>“{name_of}” is off your shelf.</source>
   <translation>„{name_of}“ steht nicht mehr im Regal.</translation>
  </message>
  <message>
   <source>“{name_of}” is on your shelf.</source>
   <translation>„{name_of}“ steht im Regal.</translation>
  </message>
  <message>
   <source>“{name}” is neither a survey nor a colour picture that is there</source>
   <translation>„{name}“ ist weder eine Durchmusterung noch ein vorhandenes Farbbild</translation>
  </message>
  <message>
   <source>“{name}” is no super-resolver and colorizer</source>
   <translation>„{name}“ sind kein Schärfer und Einfärber</translation>
  </message>
  <message>
   <source>“{name}” is on your shelf.</source>
   <translation>„{name}“ steht im Regal.</translation>
  </message>
  <message numerus="yes">
   <source>“{name}”: palettes of {count} pictures</source>
   <translation>
    <numerusform>„{name}“: Paletten von {count} Bild</numerusform>
    <numerusform>„{name}“: Paletten von {count} Bildern</numerusform>
   </translation>
  </message>
  <message>
   <source>“{pattern}” gives every file the same name</source>
   <translation>„{pattern}“ gibt jeder Datei denselben Namen</translation>
  </message>
  <message>
   <source>“{pattern}” is no pattern of names: it formats a field</source>
   <translation>„{pattern}“ ist kein Namensmuster: Es formatiert ein Feld</translation>
  </message>
  <message>
   <source>“{pattern}” is no pattern of names: it has a / or leading dot</source>
   <translation>„{pattern}“ ist kein Namensmuster: Es hat ein / oder einen Punkt am Anfang</translation>
  </message>
  <message>
   <source>“{pattern}” is no pattern of names: {problem}</source>
   <translation>„{pattern}“ ist kein Namensmuster: {problem}</translation>
  </message>
  <message>
   <source>“{target}” is no place of the sky</source>
   <translation>„{target}“ ist kein Ort am Himmel</translation>
  </message>
  <message>
   <source>“{value}” is no number for {name}</source>
   <translation>„{value}“ ist keine Zahl für {name}</translation>
  </message>
  <message>
   <source>“{value}” is not known as a {name}</source>
   <translation>„{value}“ ist als {name} nicht bekannt</translation>
  </message>
  <message numerus="yes">
   <source>… and {count} other reasons</source>
   <translation>
    <numerusform>… und {count} weiterer Grund</numerusform>
    <numerusform>… und {count} weitere Gründe</numerusform>
   </translation>
  </message>
 </context>
</TS>
