package quiz

import (
	"sort"
	"sync"
	"time"
)

// DefaultDayStart is the hour at which a learner's day starts unless they choose
// another. Practice after midnight still counts for the day before.
const DefaultDayStart = 4

// Calendar converts instants to a learner's own days. The zero value uses UTC and days
// that start at midnight.
type Calendar struct {
	zone     *time.Location
	dayStart int
}

// NewCalendar returns the calendar for a zone of the IANA database, such as
// "Asia/Baku". An unknown zone falls back to UTC: a wrong name must not stop anyone
// from practising.
func NewCalendar(zone string) Calendar {
	loc, err := loadZone(zone)
	if err != nil || zone == "" || zone == "Local" {
		loc = time.UTC
	}
	return Calendar{zone: loc, dayStart: DefaultDayStart}
}

// zoneCache holds the zones loaded so far. Loading a zone takes longer than answering
// a card, and there are only some hundred zones.
var zoneCache sync.Map

func loadZone(zone string) (*time.Location, error) {
	if loc, ok := zoneCache.Load(zone); ok {
		return loc.(*time.Location), nil
	}
	loc, err := time.LoadLocation(zone)
	if err == nil {
		zoneCache.Store(zone, loc)
	}
	return loc, err
}

// WithDayStart returns the calendar with days that start at the given hour, 0 to 23.
func (c Calendar) WithDayStart(hour int) Calendar {
	c.dayStart = hour
	return c
}

// Weekdays is a set of days of the week. Bit 0 is Sunday, as in package time.
type Weekdays uint8

// Has reports whether the set contains d.
func (w Weekdays) Has(d time.Weekday) bool { return w>>d&1 == 1 }

// With returns the set with d added.
func (w Weekdays) With(d time.Weekday) Weekdays { return w | 1<<d }

// IsKnownZone reports whether the IANA database has the zone.
func IsKnownZone(zone string) bool {
	if zone == "" || zone == "Local" || len(zone) > 64 {
		return false
	}
	_, err := time.LoadLocation(zone)
	return err == nil
}

// WallTime returns the instant in the calendar's time zone.
func (c Calendar) WallTime(at time.Time) time.Time { return at.In(c.location()) }

// Day returns the number of the learner's day at an instant; 1970-01-01 is 0. It goes
// by the wall clock, so a day has 23 or 25 hours when the clocks change.
func (c Calendar) Day(at time.Time) int64 {
	wall := at.In(c.location())
	y, m, d := wall.Date()
	day := time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / 86400
	if wall.Hour() < c.dayStart {
		day--
	}
	return day
}

// DayStart returns the first instant of a day. It searches for it, because clocks are
// set forward and back and a zone can skip a whole day.
func (c Calendar) DayStart(day int64) time.Time {
	early := day*86400 - 26*3600 // before the day starts in any zone
	n := sort.Search(54*3600, func(s int) bool { return c.Day(time.Unix(early+int64(s), 0)) >= day })
	return time.Unix(early+int64(n), 0).In(c.location())
}

// Date returns the calendar date of a day, at midnight UTC.
func (c Calendar) Date(day int64) time.Time { return time.Unix(day*86400, 0).UTC() }

// UTCOffset returns the offset from UTC at an instant, in minutes.
func (c Calendar) UTCOffset(at time.Time) int {
	_, seconds := at.In(c.location()).Zone()
	return seconds / 60
}

func (c Calendar) location() *time.Location {
	if c.zone == nil {
		return time.UTC
	}
	return c.zone
}
