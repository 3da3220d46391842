"""The fixed protocol by which models are scored: `evaluation_run.evaluate`, ``astroview evaluate``.

Pictures are those of held-out targets. Nothing is drawn at random but by seeds given here.

Super-resolution, display: the picture reduced by antialiased bicubic, rounded to 8 bits and
restored; scores of RGB. "sharp" are those with sharpness >= 0.4 and a long side of 512 pixels
or more; "sharp, halved" are the same pictures reduced by two before anything else: all of them
are JPEGs, whose blocks and noise at the pixel scale nothing can restore, and dB against those
measure the truth. "boxes" are these once more, reduced by box means as a detector does.

Super-resolution, sky: simulated scenes (as sharp as fine pixels hold, and through air) and real
FITS bands through PSF, pixels, photons and read-out (`trainer.data.exposures`), restored in linear
units and measured as an astronomer would: aperture fluxes by S/N, centres, widths, shapes,
completeness, purity, false sources, residuals, intervals.

Colour: the picture at 384 pixels at most, grey by Oklab lightness, painted and compared; with
hints at 256 pixels; and real bands composed to colour, made grey and painted.

Combined: the picture at 512 pixels at most, reduced and made grey, then sharpened and painted.
"""
