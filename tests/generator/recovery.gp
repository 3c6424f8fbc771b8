# gnuplot -e "table='recovery.csv'; picture='docs/recovery.svg'" tests/generator/recovery.gp
# Draws the table that measure_recovery prints.
set terminal svg size 640,360 font "sans,12" background "white"
set output picture
set datafile separator ","
set datafile missing NaN  # rows of other kinds do not part the lines
set xlabel "noise, times that of the real lists"
set ylabel "share of changes"
set yrange [0.7:1.01]
set xtics (0, 0.5, 1, 2, 4, 8)
set grid ytics
set key bottom left
of(kind, column) = strcol(2) eq kind ? column : NaN
set style data linespoints
plot table skip 1 using 1:(of("all", $6)) title "all changes: precision" lw 2 lc rgb "#1b6ca8" pt 7, \
     table skip 1 using 1:(of("all", $7)) title "all changes: recall" lw 2 lc rgb "#1b6ca8" dt 2 pt 6, \
     table skip 1 using 1:(of("terminated", $6)) title "terminated: precision" lw 2 lc rgb "#b3412e" pt 7, \
     table skip 1 using 1:(of("terminated", $7)) title "terminated: recall" lw 2 lc rgb "#b3412e" dt 2 pt 6
