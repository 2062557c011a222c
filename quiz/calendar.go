package quiz

import (
	"sort"
	"sync"
	"time"
)

// DefaultDayStart is the hour at which a learner's day begins unless they choose
// another: practice after midnight still belongs to the evening before.
const DefaultDayStart = 4

// Calendar turns instants into a learner's own days. Its zero value counts in
// UTC with days beginning at midnight.
type Calendar struct {
	zone     *time.Location
	dayStart int
}

// NewCalendar is the calendar of a zone of the IANA database, "Asia/Baku".
// An unknown zone counts in UTC: a wrong name must not stop anybody's practice.
func NewCalendar(zone string) Calendar {
	loc, err := loadZone(zone)
	if err != nil || zone == "" || zone == "Local" {
		loc = time.UTC
	}
	return Calendar{zone: loc, dayStart: DefaultDayStart}
}

// zoneCache are the zones that were asked for: to read one takes longer than to answer a
// card, and there are some hundreds.
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

// WithDayStart is the calendar with days that begin at that hour, 0 to 23.
func (c Calendar) WithDayStart(hour int) Calendar {
	c.dayStart = hour
	return c
}

// Weekdays are some of the days of the week: bit 0 is Sunday, as in package time.
type Weekdays uint8

// Has tells whether a day of the week is one of them.
func (w Weekdays) Has(d time.Weekday) bool { return w>>d&1 == 1 }

// With adds a day of the week.
func (w Weekdays) With(d time.Weekday) Weekdays { return w | 1<<d }

// IsKnownZone tells whether the IANA database has the zone.
func IsKnownZone(zone string) bool {
	if zone == "" || zone == "Local" || len(zone) > 64 {
		return false
	}
	_, err := time.LoadLocation(zone)
	return err == nil
}

// WallTime is an instant as clocks of the zone show it.
func (c Calendar) WallTime(at time.Time) time.Time { return at.In(c.location()) }

// Day is the number of the learner's day at that instant, 1970-01-01 being 0.
// The wall clock decides, so that a day has 23 or 25 hours when clocks change.
func (c Calendar) Day(at time.Time) int64 {
	wall := at.In(c.location())
	y, m, d := wall.Date()
	day := time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / 86400
	if wall.Hour() < c.dayStart {
		day--
	}
	return day
}

// DayStart is the first instant of that day. It is searched for, since clocks go
// back and forth, and a zone may leave out a whole day.
func (c Calendar) DayStart(day int64) time.Time {
	early := day*86400 - 26*3600 // before the day begins anywhere
	n := sort.Search(54*3600, func(s int) bool { return c.Day(time.Unix(early+int64(s), 0)) >= day })
	return time.Unix(early+int64(n), 0).In(c.location())
}

// Date is the calendar date of that day, at midnight UTC.
func (c Calendar) Date(day int64) time.Time { return time.Unix(day*86400, 0).UTC() }

// UTCOffset is the difference to UTC at that instant, in minutes.
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
