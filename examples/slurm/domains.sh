#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# One large lattice in domains: one process a domain.
#
#   sbatch domains.sh
#SBATCH --job-name=spillway-domains
#SBATCH --ntasks=16
#SBATCH --cpus-per-task=1
#SBATCH --mem-per-cpu=2G
#SBATCH --time=04:00:00
#SBATCH --output=%x-%j.log
set -eu

folder=zgb-8000
resume=
[ -e "$folder/checkpoint" ] && resume=--resume

# 4 x 4 domains of 2000 x 2000 sites. Where Slurm was built without PMIx use
# `mpirun -n "$SLURM_NTASKS"` in place of srun.
srun --mpi=pmix spillway simulate zgb --set frame.size='[8000, 8000, 1]' \
    --domains 4x4x1 --turn '0.1 s' --until '100 s' --checkpoint 600 --wall '3.8 h' \
    --output "$folder" $resume
