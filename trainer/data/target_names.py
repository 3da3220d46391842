"""Which target a file's name, credit or OBJECT card speaks of.

A survey's own designation of the field comes first, then catalogue numbers, then nicknames. What
two files agree in here keeps them on one side of a split, so a wrong name merges strangers: a rule
takes whole words only.
"""

from __future__ import annotations

import re

# Designations of fields as the surveys' archives name their files.
SURVEYS: tuple[tuple[str, re.Pattern[str], str], ...] = tuple(
    (survey, re.compile(pattern), key)
    for survey, pattern, key in (
        # Legacy Surveys bricks: legacysurvey-0860m305-image-r.fits.fz
        ("legacy", r"legacysurvey-(\d{4}[mp]\d{3})(?!\d)", r"legacy \1"),
        # KiDS tiles: KiDS_DR4.1_129.0_-0.5_r_sci.fits
        ("kids", r"(?<![a-z])kids_(?:dr[\d.]+_)?(\d+\.\d_-?\d+\.\d)", r"kids \1"),
        # DES tiles: DES0246+0000_r4907p01_g.fits.fz
        ("des", r"(?<![a-z])des(\d{4}[-+]\d{4})(?!\d)", r"des \1"),
        # CFHTLS: CFHTLS_W_g_022929-041400_T0007.fits; pointings of its lensing archive: w1m0p2
        ("cfhtls", r"(?<![a-z])cfhtls_[wd]_[a-z]\d?_(\d{6}[-+]\d{6})", r"cfhtls \1"),
        ("cfhtls", r"(?<![a-z])(w[1-4][mp]\d[mp]\d)(?!\d)", r"cfhtls \1"),
        # SDSS frames (run, camcol, field): frame-r-003900-6-0123.fits.bz2, fpC-003900-r6-0123.fit
        ("sdss", r"(?<![a-z])frame-[ugriz]-(\d{6}-\d-\d{4})(?!\d)", r"sdss \1"),
        ("sdss", r"(?<![a-z])fpc-(\d{6})-[ugriz](\d-\d{4})(?!\d)", r"sdss \1-\2"),
        # HST: hst_10188_10_acs_wfc_f814w_drz.fits (program, visit); j8mb01b2q_flt.fits (the same)
        ("hst", r"(?<![a-z])hst_(\d{4,5}_[a-z0-9]{2})_", r"hst \1"),
        # IPPPSSOOT: instrument, program, visit
        (
            "hst",
            r"(?<![a-z0-9])([ijluonw][a-z0-9]{5})[a-z0-9]{3}_(?:fl[tc]|dr[zc]|raw|c[01]m)",
            r"hst \1",
        ),
        # JWST: jw02731-o001_t017_nircam_..., jw02731001001_02101_00001_nrca1_cal.fits
        ("jwst", r"(?<![a-z])jw(\d{5})-[oc]\d{3,4}_(t\d{3}|s\d{5})", r"jwst \1 \2"),
        ("jwst", r"(?<![a-z])jw(\d{5})(\d{3})\d{3}_", r"jwst \1 o\2"),
        # HSC (tract, patch): calexp-HSC-I-9813-4,4.fits
        ("hsc", r"hsc-[grizyn]\w*-(\d{4,5}-\d,\d)(?!\d)", r"hsc \1"),
        # PanSTARRS: rings.v3.skycell.1234.056.stk.r.unconv.fits
        ("ps1", r"skycell\.(\d{4}\.\d{3})(?!\d)", r"ps1 \1"),
        # ZTF (field, CCD, quadrant): ztf_20190101123456_000123_zg_c01_o_q1_sciimg.fits
        ("ztf", r"(?<![a-z])ztf_\d{8,14}_(\d{6})_z[gri]_(c\d{2})_[a-z]_(q\d)", r"ztf \1 \2 \3"),
    )
)
# A number after letters of a longer word, or within digits ("0860m305"), is no catalogue's.
CATALOGUE = re.compile(
    r"(?<![a-z0-9.])(ngc|ic|m|messier|abell|arp|hh|sn|sh2|ugc|eso|rcw|smacs|macs|vv|hcg|barnard|pia|w)"
    r"[ _\-]*0*(\d{1,6})(?![0-9])"
)
STELLARIUM = re.compile(r"(?:^|/)n(\d{1,4})(?![0-9])")  # "n185-dss.jpg" is NGC 185
MESSIER_LAST, WESTERHOUT_FIRST = 110, 5  # W1..W4 are bands of WISE and fields of CFHTLS
# Names that press pictures use instead of a catalogue number, and the number where it is one thing.
NICKNAMES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(rf"(?<![a-z]){pattern}"), key)
    for pattern, key in (
        (r"omega[ _.\-]*cen", "ngc5139"),
        (r"47[ _.\-]*tuc", "ngc104"),
        (r"andromeda(?![a-z])", "m31"),
        (r"antennae(?![a-z])", "antennae"),
        (r"bubble(?![a-z])", "bubble"),
        (r"butterfly(?![a-z])", "butterfly"),
        (r"carina(?![a-z])", "ngc3372"),
        (r"cartwheel(?![a-z])", "cartwheel"),
        (r"cassiopeia", "cassiopeia"),
        (r"cat.?s.?eye", "catseye"),
        (r"centaurus", "centaurus"),
        (r"cosmic.?cliffs?", "cosmiccliffs"),
        (r"crab(?![a-z])", "m1"),
        (r"eagle(?![a-z])", "m16"),
        (r"elephant", "elephant"),
        (r"eskimo", "eskimo"),
        (r"eta.?car", "etacar"),
        (r"flame(?![a-z])", "flame"),
        (r"fomalhaut", "fomalhaut"),
        (r"helix(?![a-z])", "ngc7293"),
        (r"horsehead", "horsehead"),
        (r"hourglass", "hourglass"),
        (r"jupiter(?![a-z])", "jupiter"),
        (r"kepler(?![a-z])", "kepler"),
        (r"lagoon", "m8"),
        (r"lmc(?![a-z])", "lmc"),
        (r"magellanic", "magellanic"),
        (r"mars(?![a-z])", "mars"),
        (r"neptune(?![a-z])", "neptune"),
        (r"omega(?![a-z])", "m17"),
        (r"orion(?![a-z])", "m42"),
        (r"phantom", "phantom"),
        (r"pillars", "m16"),
        (r"pinwheel", "m101"),
        (r"pleiades", "pleiades"),
        (r"rho.?oph", "rhooph"),
        (r"ring.?neb", "m57"),
        (r"rosette(?![a-z])", "rosette"),
        (r"saturn(?![a-z])", "saturn"),
        (r"sculptor", "sculptor"),
        (r"smc(?![a-z])", "smc"),
        (r"sombrero", "m104"),
        (r"stephan", "stephan"),
        (r"sunflower", "sunflower"),
        (r"tarantula", "tarantula"),
        (r"triangulum", "m33"),
        (r"trifid", "m20"),
        (r"tycho(?![a-z])", "tycho"),
        (r"uranus(?![a-z])", "uranus"),
        (r"v838", "v838"),
        (r"veil(?![a-z])", "veil"),
        (r"westerlund", "westerlund"),
        (r"whirlpool", "m51"),
        (r"wolf(?![a-z])", "wolf"),
        (r"witch.?head", "witchhead"),
    )
)


def target_of(text: str) -> str | None:
    """The target that a name, credit or OBJECT card speaks of ("NGC 7629" -> "ngc7629",
    "legacysurvey-0860m305-image-r" -> "legacy 0860m305"); None when it names none.
    """
    low = text.lower()
    for _, pattern, key in SURVEYS:
        if match := pattern.search(low):
            return match.expand(key)
    if match := STELLARIUM.search(low):
        return f"ngc{int(match[1])}"
    if found := _catalogue_number(low):
        return found
    return next((key for pattern, key in NICKNAMES if pattern.search(low)), None)


def _catalogue_number(low: str) -> str | None:
    for match in CATALOGUE.finditer(low):
        kind, number = match[1].replace("messier", "m"), int(match[2])
        if kind == "m" and not 1 <= number <= MESSIER_LAST:
            continue
        if kind == "w" and number < WESTERHOUT_FIRST:
            continue
        return f"{kind}{number}"
    return None
