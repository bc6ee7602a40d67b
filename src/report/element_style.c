/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/element_style.h"

#include <stddef.h>

static const sw_element_style styles[] = {
    {"no element", 0xb9bcc2, 0.50}, {"hydrogen", 0xf2f2f2, 0.31},
    {"helium", 0xcfeef0, 0.28},     {"lithium", 0xb488e6, 1.28},
    {"beryllium", 0xb6cf4a, 0.96},  {"boron", 0xf0b4aa, 0.84},
    {"carbon", 0x6f7378, 0.76},     {"nitrogen", 0x4a67e0, 0.71},
    {"oxygen", 0xd8352a, 0.66},     {"fluorine", 0x8fd858, 0.57},
    {"neon", 0xa9dcec, 0.58},       {"sodium", 0xa666e0, 1.66},
    {"magnesium", 0x86d648, 1.41},  {"aluminium", 0xb9a9ae, 1.21},
    {"silicon", 0xe3bf97, 1.11},    {"phosphorus", 0xf08a24, 1.07},
    {"sulfur", 0xf2d83a, 1.05},     {"chlorine", 0x3fcf4a, 1.02},
    {"argon", 0x83cbdc, 1.06},      {"potassium", 0x8d4fce, 2.03},
    {"calcium", 0x5fd35a, 1.76},    {"scandium", 0xdadde0, 1.70},
    {"titanium", 0xb4bac4, 1.60},   {"vanadium", 0x9a9fae, 1.53},
    {"chromium", 0x8797c6, 1.39},   {"manganese", 0x9a7cc4, 1.39},
    {"iron", 0xe8964a, 1.32},       {"cobalt", 0xe88aa2, 1.26},
    {"nickel", 0x4fbf6b, 1.24},     {"copper", 0xc07a3c, 1.32},
    {"zinc", 0x8085b2, 1.22},       {"gallium", 0xbd8f8c, 1.22},
    {"germanium", 0x6b9190, 1.20},  {"arsenic", 0xb782dc, 1.19},
    {"selenium", 0xf0a01e, 1.20},   {"bromine", 0xa3362e, 1.20},
    {"krypton", 0x64b4cc, 1.16},    {"rubidium", 0x7436ac, 2.20},
    {"strontium", 0x35c94a, 1.95},  {"yttrium", 0x97ecec, 1.90},
    {"zirconium", 0x8fd3d4, 1.75},  {"niobium", 0x76bfc6, 1.64},
    {"molybdenum", 0x5ab2b4, 1.54}, {"technetium", 0x449c9c, 1.47},
    {"ruthenium", 0x2f8f94, 1.46},  {"rhodium", 0x217f90, 1.42},
    {"palladium", 0x17708c, 1.39},  {"silver", 0xc4c6ca, 1.45},
    {"cadmium", 0xf0d08e, 1.44},    {"indium", 0xa87676, 1.42},
    {"tin", 0x6f8688, 1.39},        {"antimony", 0x9c68b4, 1.39},
    {"tellurium", 0xcf7c1c, 1.38},  {"iodine", 0x93209a, 1.39},
    {"xenon", 0x4c9eb0, 1.40},      {"caesium", 0x5d2290, 2.44},
    {"barium", 0x2dbb35, 2.15},     {"lanthanum", 0x78cdf2, 2.07},
    {"cerium", 0xf4efb8, 2.04},     {"praseodymium", 0xdff2c0, 2.03},
    {"neodymium", 0xcdf0c2, 2.01},  {"promethium", 0xb4eec4, 1.99},
    {"samarium", 0xa2ecc6, 1.98},   {"europium", 0x84eac8, 1.98},
    {"gadolinium", 0x6ce6c8, 1.96}, {"terbium", 0x5ae2c6, 1.94},
    {"dysprosium", 0x4cdec2, 1.92}, {"holmium", 0x3cd6a4, 1.92},
    {"erbium", 0x30c886, 1.89},     {"thulium", 0x28b96a, 1.90},
    {"ytterbium", 0x24aa54, 1.87},  {"lutetium", 0x209b40, 1.87},
    {"hafnium", 0x62bcee, 1.75},    {"tantalum", 0x5ca6ea, 1.70},
    {"tungsten", 0x3a93cf, 1.62},   {"rhenium", 0x3a80aa, 1.51},
    {"osmium", 0x386a96, 1.44},     {"iridium", 0x2b5a8a, 1.41},
    {"platinum", 0xc9cad8, 1.36},   {"gold", 0xf2c832, 1.36},
    {"mercury", 0xb4b6cc, 1.32},    {"thallium", 0xa65c54, 1.45},
    {"lead", 0x5e6168, 1.46},       {"bismuth", 0x9a56b0, 1.48},
    {"polonium", 0xa8642a, 1.40},   {"astatine", 0x75564c, 1.50},
    {"radon", 0x4b8496, 1.50},      {"francium", 0x4c1470, 2.60},
    {"radium", 0x1e7d26, 2.21},     {"actinium", 0x76aaf0, 2.15},
    {"thorium", 0x34b4f0, 2.06},    {"protactinium", 0x2ea0ee, 2.00},
    {"uranium", 0x2c8eea, 1.96},    {"neptunium", 0x2f80e6, 1.90},
    {"plutonium", 0x316fe2, 1.87},  {"americium", 0x5a64dc, 1.80},
    {"curium", 0x785fd4, 1.69},
};

static const sw_element_style heavier = {"superheavy element", 0x9a5fd0, 1.70};

const sw_element_style *sw_element_style_of(int atomic_number) {
    if (atomic_number < 0) {
        atomic_number = 0;
    }
    size_t index = (size_t)atomic_number;
    return index < sizeof styles / sizeof styles[0] ? &styles[index] : &heavier;
}
