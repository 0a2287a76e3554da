// Package astro computes what a lunisolar calendar rests on: the apparent
// longitudes of the sun and the moon, the instants of new moon, and the
// difference between the even time of the planets and the time of our clocks.
//
// # How good it has to be
//
// A month begins on the civil day of its new moon, so an instant only matters
// to the second when it falls beside midnight. Between 1900 and 2100 the
// closest new moon lies some seconds from midnight in Hà Nội; the low-precision
// series of the textbooks err by as much. The moon is therefore taken from
// ELP/MPP02 (Chapront and Francou 2003, fitted to laser ranging) and the sun
// from VSOP87 (Bretagnon and Francou 1988), both cut far below an arcsecond:
// the moon gains one arcsecond on the sun in two seconds.
//
// Beyond the present the limit is not the sky but the clock: the rotation of
// the earth cannot be foreseen to better than a minute or so for 2085. The
// polynomials of Espenak and Meeus (2006) are one forecast, the customary one.
//
// Instants are Julian days: TT where the sky is meant, UT where the clock is.
package astro

import "math"

// Units: days unless the comment says otherwise. equinoxShift and
// precessionDelta join two theories that count longitude from slightly
// different points; without them sun and moon would disagree by a fifth of a
// second of time.
const (
	j2000           = 2451545.0
	daysPerCentury  = 36525.0
	secondsPerDay   = 86400.0
	arcsec          = math.Pi / 648000 // in radians
	synodicMonth    = 29.530588861     // mean length in days
	firstNewMoon    = 2451550.09766    // mean new moon of 6 January 2000
	moonGain        = 12.1907          // degrees a day that the moon gains on the sun, on average
	equinoxShift    = -0.110           // arcseconds from the equinox of VSOP87 to that of ELP/MPP02
	precessionDelta = -0.29965         // arcseconds a century: IAU 2000 less the precession in VSOP87D
)

// TT returns the dynamical time of an instant of universal time.
func TT(ut float64) float64 { return ut + DeltaT(yearOf(ut))/secondsPerDay }

// UT returns the universal time of an instant of dynamical time. (One step is
// enough: ΔT changes by less than a second in a season.)
func UT(tt float64) float64 { return tt - DeltaT(yearOf(tt))/secondsPerDay }

func yearOf(jd float64) float64 { return 2000 + (jd-2451544.5)/365.2425 }

// DeltaT returns TT - UT in seconds for a year and its fraction, after the
// polynomials of Espenak and Meeus (Five Millennium Canon of Solar Eclipses,
// NASA 2006) for 1860 to 2150.
//
// It is the part that nobody can compute: the earth's turning is measured, and
// only then known.
func DeltaT(year float64) float64 {
	for _, p := range deltaTPieces {
		if year < p.end {
			return horner(year-p.origin, p.c)
		}
	}
	u := (year - 1820) / 100
	return -20 + 32*u*u - 0.5628*(2150-year)
}

var deltaTPieces = [...]struct {
	end, origin float64
	c           []float64
}{
	{1900, 1860, []float64{7.62, 0.5737, -0.251754, 0.01680668, -0.0004473624, 1.0 / 233174}},
	{1920, 1900, []float64{-2.79, 1.494119, -0.0598939, 0.0061966, -0.000197}},
	{1941, 1920, []float64{21.20, 0.84493, -0.076100, 0.0020936}},
	{1961, 1950, []float64{29.07, 0.407, -1.0 / 233, 1.0 / 2547}},
	{1986, 1975, []float64{45.45, 1.067, -1.0 / 260, -1.0 / 718}},
	{2005, 2000, []float64{63.86, 0.3345, -0.060374, 0.0017275, 0.000651814, 0.00002373599}},
	{2050, 2000, []float64{62.92, 0.32217, 0.005589}},
}

// NewMoon returns the instant (TT) of the k-th new moon counted from that of
// 6 January 2000: the moment at which the apparent longitudes of moon and sun
// agree. It follows the mean moon to the true one by secants; the elongation
// is smooth, and a quarter of a day away four steps leave nothing.
func NewMoon(k int) float64 {
	t := float64(k) * synodicMonth / daysPerCentury
	x0 := firstNewMoon + float64(k)*synodicMonth + 0.00015437*t*t
	// Secants need no derivative. Twenty rounds are far more than it takes;
	// the bound is there so that no input can make it run for ever.
	f0 := elongation(x0)
	x1 := x0 - f0/moonGain
	for range 20 {
		f1 := elongation(x1)
		// 1e-7 of a day is about nine milliseconds.
		if math.Abs(x1-x0) < 1e-7 || f1 == f0 {
			break
		}
		x0, f0, x1 = x1, f1, x1-f1*(x1-x0)/(f1-f0)
	}
	return x1
}

// NewMoonIndex returns the k of the mean new moon nearest to a Julian day.
func NewMoonIndex(jd float64) int { return int(math.Round((jd - firstNewMoon) / synodicMonth)) }

// elongation returns how far the moon is ahead of the sun, -180 to 180 degrees.
// Nutation moves both alike and is left out.
//
// The difference must be brought to the shorter way round, or the search would
// run off by a whole month.
func elongation(tt float64) float64 {
	d := math.Mod(moonOfDate(tt)-sunOfDate(tt), 2*math.Pi)
	switch {
	case d > math.Pi:
		d -= 2 * math.Pi
	case d < -math.Pi:
		d += 2 * math.Pi
	}
	return d * 180 / math.Pi
}

// horner returns c[0] + c[1] x + c[2] x² ….
//
// Horner's scheme: fewer products and smaller errors than adding up powers.
func horner(x float64, c []float64) (y float64) {
	for i := len(c) - 1; i >= 0; i-- {
		y = y*x + c[i]
	}
	return y
}

func centuries(tt float64) float64 { return (tt - j2000) / daysPerCentury }

func degrees(radians float64) float64 {
	d := math.Mod(radians*180/math.Pi, 360)
	if d < 0 {
		d += 360
	}
	return d
}
