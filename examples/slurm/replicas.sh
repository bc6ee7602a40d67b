#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Replicas as an array job: every task runs one seed into a folder of its own.
#
#   sbatch replicas.sh zgb
#SBATCH --job-name=spillway-replicas
#SBATCH --array=1-32
#SBATCH --ntasks=1
#SBATCH --cpus-per-task=1
#SBATCH --mem=1G
#SBATCH --time=04:00:00
#SBATCH --output=%x-%A-%a.log
set -eu

model=${1:?give a model: sbatch replicas.sh MODEL}
folder=$(basename "$model" .yaml)-$SLURM_ARRAY_TASK_ID

# ends by itself with a checkpoint before Slurm would kill it; submitted again, it goes on
resume=
[ -e "$folder/checkpoint" ] && resume=--resume
spillway simulate "$model" --seed "$SLURM_ARRAY_TASK_ID" --threads 1 --wall '3.8 h' \
    --output "$folder" $resume
