/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All public rooms of Spillway. */
#ifndef SPILLWAY_H
#define SPILLWAY_H

#include <spillway/acceleration.h>
#include <spillway/base.h>
#include <spillway/build.h>
#include <spillway/calphad.h>
#include <spillway/curves.h>
#include <spillway/data.h>
#include <spillway/diagrams.h>
#include <spillway/diffusion.h>
#include <spillway/diffusion_model.h>
#include <spillway/equilibrium.h>
#include <spillway/instrument.h>
#include <spillway/io.h>
#include <spillway/lattice.h>
#include <spillway/model.h>
#include <spillway/powder.h>
#include <spillway/powder_model.h>
#include <spillway/recipe.h>
#include <spillway/report.h>
#include <spillway/run.h>
#include <spillway/run_settings.h>
#include <spillway/simulator.h>
#include <spillway/thermo.h>

#endif
