package astro

import "math"

// SunLongitude returns the apparent longitude of the sun in degrees, 0 to 360,
// for the true equinox of date: the angle that the solar terms (tiết khí) are
// counted by.
func SunLongitude(tt float64) float64 {
	return degrees(sunOfDate(tt) + nutation(centuries(tt)))
}

// sunOfDate returns the longitude of the sun as seen from the earth, aberration
// included, for the mean equinox of date, in radians.
//
// VSOP87 counts time in thousands of years, everything else here in hundreds.
func sunOfDate(tt float64) float64 {
	c := centuries(tt)
	t := c / 10
	// Light from the sun takes eight minutes, in which the earth moves on by
	// 20 seconds of arc, more when the sun is near.
	aberration := -20.4898 / sum(earthDistance[:], t)
	// Half a turn, since VSOP87 gives the earth as seen from the sun.
	return sum(earthLongitude[:], t) + math.Pi + (equinoxShift+precessionDelta*c+aberration)*arcsec
}

// sum adds up the series of a VSOP87 coordinate.
func sum(series [][]periodic, t float64) float64 {
	total := 0.0
	for i := len(series) - 1; i >= 0; i-- {
		part := 0.0
		for _, p := range series[i] {
			part += p.a * math.Cos(p.b+p.c*t)
		}
		total = total*t + part
	}
	// The coefficients are stored as whole units of 1e-8 radians.
	return total * 1e-8
}

// nutation returns the nutation in longitude in radians. The arguments are the
// mean ones of Meeus, chapter 22.
//
// Nutation moves sun and moon alike, so new moons do without it; solar terms
// do not.
func nutation(t float64) float64 {
	const deg = math.Pi / 180
	d := deg * horner(t, []float64{297.85036, 445267.111480, -0.0019142})
	m := deg * horner(t, []float64{357.52772, 35999.050340, -0.0001603})
	mp := deg * horner(t, []float64{134.96298, 477198.867398, 0.0086972})
	f := deg * horner(t, []float64{93.27191, 483202.017538, -0.0036825})
	node := deg * horner(t, []float64{125.04452, -1934.136261, 0.0020708})
	total := 0.0
	for _, n := range nutationTerms {
		arg := float64(n.d)*d + float64(n.m)*m + float64(n.mp)*mp + float64(n.f)*f + float64(n.node)*node
		total += (n.a + n.perCentury*t) * math.Sin(arg)
	}
	return total * 1e-4 * arcsec
}
