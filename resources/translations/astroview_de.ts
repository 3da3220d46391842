<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
 <context>
  <name>astroview</name>
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
   <source>&amp;Enhance</source>
   <translation>V&amp;erbessern</translation>
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
   <source>&amp;Measure</source>
   <translation>&amp;Messen</translation>
  </message>
  <message>
   <source>&amp;View</source>
   <translation>&amp;Ansicht</translation>
  </message>
  <message>
   <source>16 GB</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>2 GB</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>32 GB</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>4 GB</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>64 GB</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>8 GB</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>A network painted this colour: a guess, not a measurement.</source>
   <translation>Diese Farbe hat ein Netz gemalt: eine Vermutung, keine Messung.</translation>
  </message>
  <message>
   <source>About astroview</source>
   <translation>Über astroview</translation>
  </message>
  <message>
   <source>Above 1 lifts what is dark (double click: back)</source>
   <translation>Über 1 hebt Dunkles an (Doppelklick: zurück)</translation>
  </message>
  <message>
   <source>Actual pixels</source>
   <translation>Wahre Pixel</translation>
  </message>
  <message>
   <source>All</source>
   <translation>Alle</translation>
  </message>
  <message>
   <source>Arrows, Shift+arrows</source>
   <translation>Pfeile, Umschalt+Pfeile</translation>
  </message>
  <message>
   <source>As each frame</source>
   <translation>Wie jedes Bild</translation>
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
   <source>As the system</source>
   <translation>Wie das System</translation>
  </message>
  <message>
   <source>Automatic</source>
   <translation>Automatisch</translation>
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
   <translation type="unfinished" />
  </message>
  <message>
   <source>Back to the controls (Esc)</source>
   <translation>Zurück zu den Reglern (Esc)</translation>
  </message>
  <message>
   <source>Batch</source>
   <translation>Stapel</translation>
  </message>
  <message>
   <source>Before and after in turn; [ and ] change the rate</source>
   <translation>Vorher und nachher im Wechsel; [ und ] ändern den Takt</translation>
  </message>
  <message>
   <source>Before and after, zoomed and panned as one</source>
   <translation>Vorher und nachher, gemeinsam gezoomt und verschoben</translation>
  </message>
  <message>
   <source>Begin no further frame</source>
   <translation>Kein weiteres Bild beginnen</translation>
  </message>
  <message>
   <source>Bias</source>
   <translation>Mitte</translation>
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
   <source>Boost</source>
   <translation>Anhebung</translation>
  </message>
  <message>
   <source>Box</source>
   <translation>Rechteck</translation>
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
   <source>Centre here</source>
   <translation>Hier zentrieren</translation>
  </message>
  <message>
   <source>Channels</source>
   <translation>Kanäle</translation>
  </message>
  <message>
   <source>Choose the output folder</source>
   <translation>Zielordner wählen</translation>
  </message>
  <message>
   <source>Clear the list</source>
   <translation>Liste leeren</translation>
  </message>
  <message>
   <source>Click a star: width (FWHM), centre, flux</source>
   <translation>Stern anklicken: Breite (FWHM), Mitte, Fluss</translation>
  </message>
  <message>
   <source>Close frame</source>
   <translation>Bild schließen</translation>
  </message>
  <message>
   <source>Colour</source>
   <translation>Farbe</translation>
  </message>
  <message>
   <source>Colour map</source>
   <translation>Farbtafel</translation>
  </message>
  <message>
   <source>Colour map (C, Shift+C: the next, the one before)</source>
   <translation>Farbtafel (C, Umschalt+C: nächste, vorige)</translation>
  </message>
  <message>
   <source>Colours</source>
   <translation>Farben</translation>
  </message>
  <message>
   <source>Commands …</source>
   <translation>Befehle …</translation>
  </message>
  <message>
   <source>Compare this frame with any other open one</source>
   <translation>Dieses Bild mit einem anderen offenen vergleichen</translation>
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
   <source>Compass and scale bar</source>
   <translation>Kompass und Maßstab</translation>
  </message>
  <message>
   <source>Connect to SAMP</source>
   <translation>Mit SAMP verbinden</translation>
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
   <source>Coordinate grid</source>
   <translation>Koordinatennetz</translation>
  </message>
  <message>
   <source>Coordinates</source>
   <translation>Koordinaten</translation>
  </message>
  <message>
   <source>Copy measurement</source>
   <translation>Messung kopieren</translation>
  </message>
  <message>
   <source>Copy the lines that are shown</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Copy the measurement as text; without one, the position under the cursor</source>
   <translation>Messung als Text kopieren; ohne Messung die Stelle unter dem Zeiger</translation>
  </message>
  <message>
   <source>Copy the picture as it is shown</source>
   <translation>Das Bild so kopieren, wie es zu sehen ist</translation>
  </message>
  <message>
   <source>Copy view</source>
   <translation>Ansicht kopieren</translation>
  </message>
  <message>
   <source>Ctrl+O</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Ctrl+Shift+O</source>
   <translation type="unfinished" />
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
   <source>Degrees</source>
   <translation>Grad</translation>
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
   <source>Difference</source>
   <translation>Differenz</translation>
  </message>
  <message>
   <source>Differences that get the strongest colours</source>
   <translation>Differenzen mit den kräftigsten Farben</translation>
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
   <source>Done</source>
   <translation>Fertig</translation>
  </message>
  <message>
   <source>Drag</source>
   <translation>Ziehen</translation>
  </message>
  <message>
   <source>Drag a box: mean, median, deviation, sum</source>
   <translation>Rechteck ziehen: Mittel, Median, Streuung, Summe</translation>
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
   <source>Drop a frame here</source>
   <translation>Bild hier ablegen</translation>
  </message>
  <message>
   <source>Drop frames or folders here</source>
   <translation>Bilder oder Ordner hier ablegen</translation>
  </message>
  <message>
   <source>Ends of the colours</source>
   <translation>Enden der Farben</translation>
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
   <source>Enhance many frames at once</source>
   <translation>Viele Bilder auf einmal verbessern</translation>
  </message>
  <message>
   <source>Enhance many frames at once (F3)</source>
   <translation>Viele Bilder auf einmal verbessern (F3)</translation>
  </message>
  <message>
   <source>Enter</source>
   <translation>Eingabe</translation>
  </message>
  <message>
   <source>Every frame in a folder and its sub-folders is enhanced, with one set of choices. Originals are never touched, a frame that fails does not stop the others, and a batch that was interrupted can be resumed.</source>
   <translation>Jedes Bild eines Ordners und seiner Unterordner wird verbessert, alle auf dieselbe Weise. Originale bleiben unberührt, ein gescheitertes Bild hält die anderen nicht auf, und ein unterbrochener Stapel lässt sich fortsetzen.</translation>
  </message>
  <message>
   <source>Exchange images and tables with other programs</source>
   <translation>Bilder und Tabellen mit anderen Programmen austauschen</translation>
  </message>
  <message>
   <source>Export view …</source>
   <translation>Ansicht exportieren …</translation>
  </message>
  <message>
   <source>F&amp;rame</source>
   <translation>&amp;Bild</translation>
  </message>
  <message>
   <source>FITS</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>FITS for FITS; otherwise a picture of 16 bit</source>
   <translation>FITS zu FITS, sonst ein Bild mit 16 Bit</translation>
  </message>
  <message>
   <source>FITS, TIFF, PNG or JPEG, of any size; or a folder of them</source>
   <translation>FITS, TIFF, PNG oder JPEG jeder Größe; oder ein Ordner davon</translation>
  </message>
  <message>
   <source>Failed</source>
   <translation>Gescheitert</translation>
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
   <source>Fit</source>
   <translation>Einpassen</translation>
  </message>
  <message>
   <source>Fit the frame into the window</source>
   <translation>Das ganze Bild ins Fenster</translation>
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
   <source>Forget this batch; files stay</source>
   <translation>Diesen Stapel vergessen; Dateien bleiben</translation>
  </message>
  <message>
   <source>Format</source>
   <translation>Format</translation>
  </message>
  <message>
   <source>Frames</source>
   <translation>Bilder</translation>
  </message>
  <message>
   <source>Full screen</source>
   <translation>Vollbild</translation>
  </message>
  <message>
   <source>G</source>
   <translation type="unfinished" />
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
   <source>Go to next panel</source>
   <translation>Zum nächsten Bereich</translation>
  </message>
  <message>
   <source>HDUs of the file</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Header</source>
   <translation>Header</translation>
  </message>
  <message>
   <source>Hours, minutes, seconds</source>
   <translation>Stunden, Minuten, Sekunden</translation>
  </message>
  <message>
   <source>Image</source>
   <translation>Bild</translation>
  </message>
  <message>
   <source>Image in this file (HDU)</source>
   <translation>Bild in dieser Datei (HDU)</translation>
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
   <source>Keep as region</source>
   <translation>Als Region behalten</translation>
  </message>
  <message>
   <source>Keep the line, box or star as a region</source>
   <translation>Linie, Rechteck oder Stern als Region behalten</translation>
  </message>
  <message>
   <source>Keep the sampling</source>
   <translation>Auflösung behalten</translation>
  </message>
  <message>
   <source>Keyboard shortcuts</source>
   <translation>Tastenkürzel</translation>
  </message>
  <message>
   <source>Language</source>
   <translation>Sprache</translation>
  </message>
  <message>
   <source>Leave the selected frames out</source>
   <translation>Ausgewählte Bilder auslassen</translation>
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
   <source>Light</source>
   <translation>Hell</translation>
  </message>
  <message>
   <source>Limits</source>
   <translation>Grenzen</translation>
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
   <source>Log</source>
   <translation>Log</translation>
  </message>
  <message>
   <source>Look at frames</source>
   <translation>Bilder ansehen</translation>
  </message>
  <message>
   <source>Look at frames (F2)</source>
   <translation>Bilder ansehen (F2)</translation>
  </message>
  <message>
   <source>MTF (autostretch)</source>
   <translation>MTF (Autostretch)</translation>
  </message>
  <message>
   <source>Magnifier</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Manual</source>
   <translation>Von Hand</translation>
  </message>
  <message>
   <source>Mark missing data</source>
   <translation>Fehlende Daten zeigen</translation>
  </message>
  <message>
   <source>Mark pixels without data in blue (N)</source>
   <translation>Pixel ohne Daten blau zeigen (N)</translation>
  </message>
  <message>
   <source>Mark saturated pixels in red (X)</source>
   <translation>Gesättigte Pixel rot zeigen (X)</translation>
  </message>
  <message>
   <source>Mark saturation</source>
   <translation>Sättigung zeigen</translation>
  </message>
  <message>
   <source>Measure</source>
   <translation>Messen</translation>
  </message>
  <message>
   <source>Memory</source>
   <translation>Speicher</translation>
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
   <source>Model</source>
   <translation>Modell</translation>
  </message>
  <message>
   <source>Mouse</source>
   <translation>Maus</translation>
  </message>
  <message>
   <source>Move the picture (as in DS9: middle-drag)</source>
   <translation>Bild verschieben (wie in DS9: mit der Mitteltaste)</translation>
  </message>
  <message>
   <source>Move to top</source>
   <translation>Nach oben</translation>
  </message>
  <message>
   <source>Name</source>
   <translation>Name</translation>
  </message>
  <message>
   <source>Name of the results</source>
   <translation>Name der Ergebnisse</translation>
  </message>
  <message>
   <source>Name of the results. {stem}: the frame's own name; {method}: colour, superres or combined; {scale}: x1, x2; also {palette} and {folder}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Names to take, such as *.fits; several with spaces between. Empty: every frame</source>
   <translation type="unfinished" />
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
   <source>Not connected</source>
   <translation>Nicht verbunden</translation>
  </message>
  <message>
   <source>Nudge the picture, by more</source>
   <translation>Bild verschieben, weiter</translation>
  </message>
  <message>
   <source>Off</source>
   <translation>Aus</translation>
  </message>
  <message>
   <source>Off: the other picture keeps a stretch of its own</source>
   <translation>Aus: das andere Bild behält seine eigene Streckung</translation>
  </message>
  <message>
   <source>On the picture</source>
   <translation>Auf dem Bild</translation>
  </message>
  <message>
   <source>One frame pixel to one of the screen</source>
   <translation>Ein Bildpixel auf einen Bildschirmpixel</translation>
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
   <source>Only names like</source>
   <translation>Nur Namen wie</translation>
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
   <source>Open a DS9 region file</source>
   <translation>Regionendatei von DS9 öffnen</translation>
  </message>
  <message>
   <source>Open a VOTable, FITS or CSV table of sources</source>
   <translation>Quellentabelle als VOTable, FITS oder CSV öffnen</translation>
  </message>
  <message>
   <source>Open a frame of the batch with its result</source>
   <translation>Ein Bild des Stapels mit seinem Ergebnis öffnen</translation>
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
   <source>Open log folder</source>
   <translation>Protokollordner öffnen</translation>
  </message>
  <message>
   <source>Open recent</source>
   <translation>Zuletzt geöffnet</translation>
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
   <source>Open the folder with the results</source>
   <translation>Ordner mit den Ergebnissen öffnen</translation>
  </message>
  <message>
   <source>Open …</source>
   <translation>Öffnen …</translation>
  </message>
  <message>
   <source>Original only</source>
   <translation>Nur Original</translation>
  </message>
  <message>
   <source>Output folder</source>
   <translation>Zielordner</translation>
  </message>
  <message>
   <source>PNG, 16 bit</source>
   <translation>PNG, 16 Bit</translation>
  </message>
  <message>
   <source>Painted</source>
   <translation>Gemalt</translation>
  </message>
  <message>
   <source>Paints colour on grey frames</source>
   <translation>Malt Farbe auf graue Bilder</translation>
  </message>
  <message>
   <source>Palette</source>
   <translation>Palette</translation>
  </message>
  <message>
   <source>Panner</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Pause</source>
   <translation>Pause</translation>
  </message>
  <message>
   <source>Pictures a second ([ and ] change it)</source>
   <translation>Bilder je Sekunde ([ und ] ändern den Takt)</translation>
  </message>
  <message>
   <source>Pixels without data in blue</source>
   <translation>Pixel ohne Daten in Blau</translation>
  </message>
  <message>
   <source>Plane</source>
   <translation>Ebene</translation>
  </message>
  <message>
   <source>Plane slider</source>
   <translation>Regler für die Ebene</translation>
  </message>
  <message>
   <source>Planes a second</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Planes a second, at most</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Play</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Play planes</source>
   <translation>Ebenen abspielen</translation>
  </message>
  <message>
   <source>Play the planes (P)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Position on the sky (View, Coordinates)</source>
   <translation>Ort am Himmel (Ansicht, Koordinaten)</translation>
  </message>
  <message>
   <source>Power</source>
   <translation>Potenz</translation>
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
   <source>Queue of frames</source>
   <translation>Warteschlange der Bilder</translation>
  </message>
  <message>
   <source>Quit</source>
   <translation>Beenden</translation>
  </message>
  <message>
   <source>R</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>RA and Dec (ICRS)</source>
   <translation>RA und Dec (ICRS)</translation>
  </message>
  <message>
   <source>Redo</source>
   <translation>Wiederholen</translation>
  </message>
  <message>
   <source>Remove catalogue</source>
   <translation>Katalog entfernen</translation>
  </message>
  <message>
   <source>Remove regions</source>
   <translation>Regionen entfernen</translation>
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
   <source>Results</source>
   <translation>Ergebnisse</translation>
  </message>
  <message>
   <source>Retry failed</source>
   <translation>Gescheiterte wiederholen</translation>
  </message>
  <message>
   <source>Right drag</source>
   <translation>Rechts ziehen</translation>
  </message>
  <message>
   <source>Right-drag the picture to the left or right (double click: back)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Right-drag the picture up or down (double click: back)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>SAMP</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Saturated pixels in red</source>
   <translation>Gesättigte Pixel in Rot</translation>
  </message>
  <message>
   <source>Save as FITS, TIFF or PNG</source>
   <translation>Als FITS, TIFF oder PNG speichern</translation>
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
   <source>Save regions …</source>
   <translation>Regionen speichern …</translation>
  </message>
  <message>
   <source>Screen pixels to one frame pixel</source>
   <translation>Bildschirmpixel je Bildpixel</translation>
  </message>
  <message>
   <source>See a frame and its result in View</source>
   <translation>Bild und Ergebnis in der Ansicht zeigen</translation>
  </message>
  <message>
   <source>See the original</source>
   <translation>Das Original sehen</translation>
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
   <source>Sharpen</source>
   <translation>Schärfen</translation>
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
   <source>Show the header</source>
   <translation>Den Header zeigen</translation>
  </message>
  <message>
   <source>Show the planes of a cube one after the other</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Show: All</source>
   <translation>Zeigen: alle</translation>
  </message>
  <message>
   <source>Show: Cancelled</source>
   <translation>Zeigen: abgebrochene</translation>
  </message>
  <message>
   <source>Show: Done</source>
   <translation>Zeigen: fertige</translation>
  </message>
  <message>
   <source>Show: Failed</source>
   <translation>Zeigen: gescheiterte</translation>
  </message>
  <message>
   <source>Show: To do</source>
   <translation>Zeigen: offene</translation>
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
   <source>Space (hold)</source>
   <translation>Leertaste (halten)</translation>
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
   <source>Start</source>
   <translation>Start</translation>
  </message>
  <message>
   <source>Start the batch</source>
   <translation>Stapel starten</translation>
  </message>
  <message>
   <source>Stay, and enhance frames that come into the folders later, once they are complete</source>
   <translation>Bleiben und Bilder verbessern, die später in die Ordner kommen, sobald sie vollständig sind</translation>
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
   <source>Stretch</source>
   <translation>Streckung</translation>
  </message>
  <message>
   <source>Super-resolver</source>
   <translation>Schärfer</translation>
  </message>
  <message>
   <source>TIFF, 16 bit</source>
   <translation>TIFF, 16 Bit</translation>
  </message>
  <message>
   <source>Tab, Shift+Tab</source>
   <translation>Tab, Umschalt+Tab</translation>
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
   <source>The curve bends brightness and leaves colours alone (Lupton et al. 2004)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The middle of the view</source>
   <translation>Die Mitte der Ansicht</translation>
  </message>
  <message>
   <source>The most to use of it</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The next plane of a cube</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The pixels under the mouse, beside the picture</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The view with scale bar and credit line, as PNG or SVG</source>
   <translation>Die Ansicht mit Maßstab und Quellenzeile, als PNG oder SVG</translation>
  </message>
  <message>
   <source>The whole frame and what is seen of it</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Theme</source>
   <translation>Erscheinungsbild</translation>
  </message>
  <message>
   <source>To DS9, Aladin and others</source>
   <translation>An DS9, Aladin und andere</translation>
  </message>
  <message>
   <source>To TOPCAT and others</source>
   <translation>An TOPCAT und andere</translation>
  </message>
  <message>
   <source>To do</source>
   <translation>Offen</translation>
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
   <source>Two to one</source>
   <translation>Zwei zu eins</translation>
  </message>
  <message>
   <source>Undo</source>
   <translation>Rückgängig</translation>
  </message>
  <message>
   <source>Up to four results, zoomed and panned as one</source>
   <translation>Bis zu vier Ergebnisse, gemeinsam gezoomt und verschoben</translation>
  </message>
  <message>
   <source>Value of the frame, and of the result</source>
   <translation>Wert des Bildes und des Ergebnisses</translation>
  </message>
  <message>
   <source>View</source>
   <translation>Ansicht</translation>
  </message>
  <message>
   <source>Wheel</source>
   <translation>Mausrad</translation>
  </message>
  <message>
   <source>Where the networks run</source>
   <translation>Wo die Netze laufen</translation>
  </message>
  <message>
   <source>Which network sharpens</source>
   <translation>Welches Netz schärft</translation>
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
   <source>Zoom out</source>
   <translation>Verkleinern</translation>
  </message>
  <message>
   <source>asinh</source>
   <translation>asinh</translation>
  </message>
  <message>
   <source>x, y of the pixel. FITS: the first pixel is 1, from the bottom; from 0, as in Python. Pictures count from the top left.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>zscale</source>
   <translation>zscale</translation>
  </message>
 </context>
</TS>
