/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Oxides fitted to NIST-JANAF and FREED, and cerium. Written by tools/make-species-table. */
#include "thermo/species_table.h"

/* clang-format off */
/* {lowest K, highest K, {a1..a7}, b1, b2} */

static const struct sw_species_range cerium[] = {
    /* Ce: S at 298.15 K of Hultgren 1973, Cp = 3R + bT; the liquid */
    {298.15, 1071.0, {0.0, 0.0, 3.0, 0.0008053623354048083, 0.0, 0.0, 0.0}, -930.2457071733631,
     -8.98004146999639},
    {1071.0, 2000.0, {0.0, 0.0, 4.529431078921067, 0.0, 0.0, 0.0, 0.0}, -1449.6912671404903,
     -18.174192276693134},
};

static const struct sw_species_range coo_fitted[] = {
    /* CoO: fitted, at most 1 J/mol off in G */
    {298.15, 2000.0, {78485.99338778094, -1078.7721752660182, 10.533227123803426,
     -0.006454322248313599, 4.528084201470311e-06, -8.694037252606262e-10, 0.0},
     -25068.498484836822, -55.064670984433576},
};

static const struct sw_species_range co3o4_fitted[] = {
    /* Co3O4: fitted, at most 0 J/mol off in G */
    {298.15, 1500.0, {-1764619.5645467709, 11596.141101961288, -15.100807658854196,
     0.040137255579593425, -1.2198852927373561e-05, 2.623672852044186e-09, 0.0}, -178619.4604249398,
     117.29708840214421},
};

static const struct sw_species_range nife2o4_fitted[] = {
    /* NiFe2O4: fitted, at most 46 J/mol off in G */
    {298.15, 1700.0, {-857724.4127480997, 15140.465627250938, -63.268139702794116,
     0.18408130857766172, -0.00015232156733547596, 4.283878634601376e-08, 0.0}, -207275.03308919506,
     373.7000839523885},
};

static const struct sw_species_range ceo2_fitted[] = {
    /* CeO2: fitted, at most 223 J/mol off in G */
    {298.15, 2000.0, {251762.43203211314, 0.0, 6.012110034853295, 0.00233850491328898, 0.0, 0.0,
     0.0}, -132084.29928115953, -26.644628581567094},
};

static const struct sw_species_range ce2o3_fitted[] = {
    /* Ce2O3: fitted, at most 1 J/mol off in G */
    {298.15, 1000.0, {-200589.97211372567, 0.0, 16.400017124566226, 0.00031850095854839836, 0.0,
     0.0, 0.0}, -221609.4394908116, -77.44141863191165},
};

static const struct sw_species_range cofe2o4_fitted[] = {
    /* CoFe2O4: fitted, at most 59 J/mol off in G */
    {298.15, 1000.0, {-629365.9106109479, 0.0, 23.923800285460445, 0.002650287296533541, 0.0, 0.0,
     0.0}, -146406.46669688806, -124.29041621503802},
};

static const struct sw_species_range nial2o4_fitted[] = {
    /* NiAl2O4: fitted, at most 1 J/mol off in G */
    {298.15, 900.0, {-65663.90552681341, 0.0, 13.50652368720932, 0.0065097204006809226, 0.0, 0.0,
     0.0}, -237773.57507776076, -68.66935280006017},
};

static const struct sw_species_range nitio3_fitted[] = {
    /* NiTiO3: fitted, at most 9 J/mol off in G */
    {298.15, 1200.0, {-96567.35057418363, 0.0, 10.899184025724574, 0.004473488591433443, 0.0, 0.0,
     0.0}, -147591.03387636936, -53.87958450861932},
};

static const struct sw_species_range fe2sio4_fitted[] = {
    /* Fe2SiO4: fitted, at most 21 J/mol off in G */
    {298.15, 1400.0, {-242339.53317019553, 0.0, 17.682384652971432, 0.005431905558882679, 0.0, 0.0,
     0.0}, -184273.29251227816, -85.9289441870219},
};

static const struct sw_species_range nife2o4_freed_fitted[] = {
    /* NiFe2O4(freed): fitted, at most 154 J/mol off in G */
    {298.15, 1800.0, {-1712880.8756054419, 0.0, 32.48104800691764, -0.005221701613118354, 0.0, 0.0,
     0.0}, -143470.47069147657, -176.99903148502568},
};

static const struct sw_species_range ruo2_freed_fitted[] = {
    /* RuO2(freed): fitted, at most 1 J/mol off in G */
    {298.15, 1200.0, {-226117.2471322318, 0.0, 8.56838044578589, 0.0016979259969164369, 0.0, 0.0,
     0.0}, -40076.969496376136, -43.612293977399986},
};

const struct sw_substance sw_species_fitted[] = {
    {.name = "Ce",
     .aliases = {"Ce(fcc)", "Ce(s)", "Ce(cr)"},
     .source = "Entropy of Hultgren 1973, heat capacity 3R + bT, melting at 1071 K; it cancels "
               "in reactions with the oxides of cerium here, which are FREED's formation from "
               "it.",
     .gas = false, .atoms = {{58, 1.0}},
     .ranges = cerium, .range_count = 1},
    {.name = "Ce(l)",
     .aliases = {"Ce(L)"},
     .source = "Entropy of Hultgren 1973, heat capacity 3R + bT, melting at 1071 K; it cancels "
               "in reactions with the oxides of cerium here, which are FREED's formation from "
               "it.",
     .gas = false, .atoms = {{58, 1.0}},
     .ranges = cerium + 1, .range_count = 1},
    {.name = "CoO",
     .aliases = {"CoO(s)", "CoO(cr)"},
     .source = "NIST-JANAF Thermochemical Tables Co-013 (4th edition, 1998); fitted, at most 1 "
               "J/mol off in G",
     .gas = false, .atoms = {{27, 1.0}, {8, 1.0}},
     .ranges = coo_fitted, .range_count = 1},
    {.name = "Co3O4",
     .aliases = {"Co3O4(spinel)", "Co3O4(s)", "Co3O4(cr)"},
     .source = "NIST-JANAF Thermochemical Tables Co-015 (4th edition, 1998); fitted, at most 0 "
               "J/mol off in G",
     .gas = false, .atoms = {{27, 3.0}, {8, 4.0}},
     .ranges = co3o4_fitted, .range_count = 1},
    {.name = "NiFe2O4",
     .aliases = {"NiFe2O4(spinel)", "NiFe2O4(s)", "NiFe2O4(cr)"},
     .source = "End of the spinel of L. Kjellqvist, M. Selleby, B. Sundman, Calphad 32, 577 "
               "(2008), as compiled in MF Steel, with the elements of this table; fitted, at "
               "most 46 J/mol off in G",
     .gas = false, .atoms = {{28, 1.0}, {26, 2.0}, {8, 4.0}},
     .ranges = nife2o4_fitted, .range_count = 1},
    {.name = "CeO2",
     .aliases = {"CeO2(fluorite)", "CeO2(s)", "CeO2(cr)"},
     .source = "Gibbs energy of formation of CeO2 in FREED (A. E. Morris, after the US Bureau of"
               " Mines), with the elements of this table; fitted, at most 223 J/mol off in G",
     .gas = false, .atoms = {{58, 1.0}, {8, 2.0}},
     .ranges = ceo2_fitted, .range_count = 1},
    {.name = "Ce2O3",
     .aliases = {"Ce2O3(s)", "Ce2O3(cr)"},
     .source = "Gibbs energy of formation of Ce2O3 in FREED (A. E. Morris, after the US Bureau "
               "of Mines), with the elements of this table; fitted, at most 1 J/mol off in G",
     .gas = false, .atoms = {{58, 2.0}, {8, 3.0}},
     .ranges = ce2o3_fitted, .range_count = 1},
    {.name = "CoFe2O4",
     .aliases = {"CoFe2O4(spinel)", "CoFe2O4(s)", "CoFe2O4(cr)"},
     .source = "Gibbs energy of formation of Fe2CoO4 in FREED (A. E. Morris, after the US Bureau"
               " of Mines), with the elements of this table; fitted, at most 59 J/mol off in G",
     .gas = false, .atoms = {{27, 1.0}, {26, 2.0}, {8, 4.0}},
     .ranges = cofe2o4_fitted, .range_count = 1},
    {.name = "NiAl2O4",
     .aliases = {"NiAl2O4(spinel)", "NiAl2O4(s)", "NiAl2O4(cr)"},
     .source = "Gibbs energy of formation of Al2NiO4 in FREED (A. E. Morris, after the US Bureau"
               " of Mines), with the elements of this table; fitted, at most 1 J/mol off in G",
     .gas = false, .atoms = {{28, 1.0}, {13, 2.0}, {8, 4.0}},
     .ranges = nial2o4_fitted, .range_count = 1},
    {.name = "NiTiO3",
     .aliases = {"NiTiO3(ilmenite)", "NiTiO3(s)", "NiTiO3(cr)"},
     .source = "Gibbs energy of formation of TiNiO3 in FREED (A. E. Morris, after the US Bureau "
               "of Mines), with the elements of this table; fitted, at most 9 J/mol off in G",
     .gas = false, .atoms = {{28, 1.0}, {22, 1.0}, {8, 3.0}},
     .ranges = nitio3_fitted, .range_count = 1},
    {.name = "Fe2SiO4",
     .aliases = {"Fe2SiO4(fayalite)", "Fe2SiO4(s)", "Fe2SiO4(cr)"},
     .source = "Gibbs energy of formation of Fe2SiO4 in FREED (A. E. Morris, after the US Bureau"
               " of Mines), with the elements of this table; fitted, at most 21 J/mol off in G",
     .gas = false, .atoms = {{26, 2.0}, {14, 1.0}, {8, 4.0}},
     .ranges = fe2sio4_fitted, .range_count = 1},
    {.name = "NiFe2O4(freed)",
     .source = "Gibbs energy of formation of Fe2NiO4 in FREED (A. E. Morris, after the US Bureau"
               " of Mines), with the elements of this table; fitted, at most 154 J/mol off in G",
     .gas = false, .atoms = {{28, 1.0}, {26, 2.0}, {8, 4.0}},
     .ranges = nife2o4_freed_fitted, .range_count = 1},
    {.name = "RuO2(freed)",
     .source = "Gibbs energy of formation of RuO2 in FREED (A. E. Morris, after the US Bureau of"
               " Mines), with the elements of this table; fitted, at most 1 J/mol off in G",
     .gas = false, .atoms = {{44, 1.0}, {8, 2.0}},
     .ranges = ruo2_freed_fitted, .range_count = 1},
};

const size_t sw_species_fitted_count = sizeof sw_species_fitted / sizeof sw_species_fitted[0];
/* clang-format on */
