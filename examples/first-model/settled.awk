# awk -v column='CO2 turnover' -f settled.awk RUN/replica-*/series.csv
# The mean of a column over the last two thirds of the time of each run, and over the runs the half-width
# of its 95 % interval, t(N - 1) s / sqrt(N).
BEGIN {
    FS = ","
    split("12.706 4.303 3.182 2.776 2.571 2.447 2.365 2.306 2.262", student, " ")
}
FNR == 1 {
    end_of_run()
    for (i = 1; i <= NF; i++)
        if ($i == column || index($i, column " [") == 1)
            at = i
    next
}
{
    time[++rows] = $1
    value[rows] = $at
}
END {
    end_of_run()
    mean = sum / runs
    spread = runs > 1 ? student[runs - 1] * sqrt((squares / runs - mean * mean) / (runs - 1)) : 0
    printf "%s %.4g +- %.2g (%d runs)\n", column, mean, spread, runs
}
function end_of_run(   i, span, area) {
    for (i = 2; i <= rows; i++)
        if (time[i - 1] >= time[rows] / 3) {
            span += time[i] - time[i - 1]
            area += value[i] * (time[i] - time[i - 1])
        }
    if (rows > 0) {
        runs++
        sum += area / span
        squares += (area / span) ^ 2
    }
    rows = 0
}
