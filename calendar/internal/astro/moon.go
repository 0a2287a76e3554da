package astro

import "math"

// moonLightTime is how far the moon moves, in arcseconds, while its light
// travels to us.
const moonLightTime = 0.704

// MoonLongitude returns the apparent longitude of the moon's centre in degrees,
// 0 to 360, for the true equinox of date.
func MoonLongitude(tt float64) float64 {
	return degrees(moonOfDate(tt) + nutation(centuries(tt)))
}

// dms turns degrees, minutes and seconds of arc into seconds of arc.
func dms(d, m, s float64) float64 { return (d*60+m)*60 + s }

// angle is a mean longitude: seconds of arc, and seconds for each power of the
// centuries since 2000.
func angle(t float64, c ...float64) float64 { return horner(t, c) * arcsec }

// moonOfDate returns the longitude of the moon, light time included, for the
// mean equinox of date, in radians. The angles are those of ELP/MPP02 with the
// corrections of its fit to laser ranging; the general precession is that of
// IAU 2006.
func moonOfDate(tt float64) float64 {
	t := centuries(tt)
	moon := angle(t, dms(218, 18, 59.85046), 1732559343.41293, -6.84634, 0.006604, -0.00003169)
	perigee := angle(t, dms(83, 21, 11.84301), 14643420.40015, -38.2631, -0.045047, 0.00021301)
	node := angle(t, dms(125, 2, 40.29056), -6967919.58423, 6.359, 0.007625, -0.00003586)
	earth := angle(t, dms(100, 27, 59.09873), 129597742.30742, -0.0202, 0.000009)
	perihelion := angle(t, dms(102, 56, 14.40912), 1161.24342, 0.529265, -0.00011814)

	// The four arguments of Delaunay: elongation, latitude argument, anomaly
	// of the moon, anomaly of the sun. The rest of args are the planets,
	// Mercury to Neptune, and the moon by a fixed equinox.
	d, f, l, lp := moon-earth+math.Pi, moon-node, moon-perigee, earth-perihelion
	args := [13]float64{d, f, l, lp,
		angle(t, dms(252, 15, 3.216919), 538101628.66888),
		angle(t, dms(181, 58, 44.758419), 210664136.45777),
		angle(t, dms(100, 27, 59.13885), 129597742.293),
		angle(t, dms(355, 26, 3.642778), 68905077.65936),
		angle(t, dms(34, 21, 5.379392), 10925660.57335),
		angle(t, dms(50, 4, 38.902495), 4399609.33632),
		angle(t, dms(314, 3, 4.354234), 1542482.57845),
		angle(t, dms(304, 20, 56.808371), 786547.897),
		moon + angle(t, 0, 5028.79695),
	}
	// Amplitudes add up in seconds of arc; the last line turns them into an
	// angle and adds precession.
	total := -moonLightTime
	for _, m := range mainTerms {
		total += m.amplitude * math.Sin(float64(m.d)*d+float64(m.f)*f+float64(m.l)*l+float64(m.lp)*lp)
	}
	total += sumPlanets(perturbations[:], &args) + t*sumPlanets(secularPerturbations[:], &args)
	return moon + angle(t, 0, 5028.796195, 1.1054348, 0.00007964) + total*arcsec
}

// sumPlanets skips multipliers of 0, of which most terms have several.
func sumPlanets(terms []planetaryTerm, args *[13]float64) (total float64) {
	for i := range terms {
		arg := terms[i].phase
		for j, n := range terms[i].n {
			if n != 0 {
				arg += float64(n) * args[j]
			}
		}
		total += terms[i].amplitude * math.Sin(arg)
	}
	return total
}
