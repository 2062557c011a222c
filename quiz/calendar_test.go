package quiz

import (
	"testing"
	"time"
)

var zones = []string{"Asia/Baku", "Europe/Moscow", "America/New_York", "Pacific/Apia", "Asia/Kathmandu", "UTC"}

func dayOf(date string) int64 {
	at, err := time.Parse("2006-01-02", date)
	if err != nil {
		panic(err)
	}
	return at.Unix() / 86400
}

func TestDay(t *testing.T) {
	cases := []struct{ zone, at, want string }{
		{"UTC", "2024-05-01T03:59:59Z", "2024-04-30"},
		{"UTC", "2024-05-01T04:00:00Z", "2024-05-01"},
		{"Asia/Baku", "2024-04-30T23:59:59Z", "2024-04-30"}, // 03:59:59
		{"Asia/Baku", "2024-05-01T00:00:00Z", "2024-05-01"}, // 04:00
		{"Asia/Kathmandu", "2024-04-30T22:14:59Z", "2024-04-30"},
		{"Asia/Kathmandu", "2024-04-30T22:15:00Z", "2024-05-01"}, // UTC+5:45
		{"Europe/Moscow", "2014-10-25T23:59:59Z", "2014-10-25"},  // still UTC+4, 03:59:59; then the clock goes back for good
		{"Europe/Moscow", "2014-10-26T01:00:00Z", "2014-10-26"},
		{"America/New_York", "2024-03-10T07:59:59Z", "2024-03-09"}, // 03:59:59, the hour after 01 being gone
		{"America/New_York", "2024-03-10T08:00:00Z", "2024-03-10"},
		{"America/New_York", "2024-11-03T08:59:59Z", "2024-11-02"},
		{"America/New_York", "2024-11-03T09:00:00Z", "2024-11-03"},
		{"Pacific/Apia", "2011-12-30T09:59:59Z", "2011-12-29"}, // 23:59:59 before the skipped day
		{"Pacific/Apia", "2011-12-30T10:00:00Z", "2011-12-30"}, // 31 December 00:00 is still the day before
		{"Pacific/Apia", "2011-12-30T14:00:00Z", "2011-12-31"},
		{"Nowhere/Land", "2024-05-01T04:00:00Z", "2024-05-01"},
		{"", "2024-05-01T03:59:00Z", "2024-04-30"},
	}
	for _, c := range cases {
		at, err := time.Parse(time.RFC3339, c.at)
		if err != nil {
			t.Fatal(err)
		}
		cal := NewCalendar(c.zone)
		if got := cal.Date(cal.Day(at)).Format("2006-01-02"); got != c.want {
			t.Errorf("%s at %s is of %s, want %s", c.zone, c.at, got, c.want)
		}
	}
}

// TestDaysFollowEachOther checks that each day starts exactly once, at its DayStart,
// in every zone and year.
func TestDaysFollowEachOther(t *testing.T) {
	for _, zone := range zones {
		c := NewCalendar(zone)
		before := c.DayStart(dayOf("1989-12-31"))
		for day := dayOf("1990-01-01"); day <= dayOf("2040-12-31"); day++ {
			start := c.DayStart(day)
			if got := c.Day(start); got != day {
				t.Errorf("%s: %v begins day %d, but is of %d", zone, start, day, got)
			}
			if got := c.Day(start.Add(-1)); got != day-1 {
				t.Errorf("%s: just before %v it is day %d, not %d", zone, start, got, day-1)
			}
			if long := start.Sub(before); long <= 0 || long > 26*time.Hour {
				t.Errorf("%s: the day before %v has %v", zone, start, long)
			}
			before = start
		}
	}
}

// TestDaysNeverGoBack checks hour by hour, across clock changes, that the day never
// decreases.
func TestDaysNeverGoBack(t *testing.T) {
	for _, zone := range zones {
		c := NewCalendar(zone)
		at, last := time.Date(2010, 1, 1, 0, 0, 0, 0, time.UTC), int64(0)
		for end := at.AddDate(6, 0, 0); at.Before(end); at = at.Add(30 * time.Minute) {
			day := c.Day(at)
			if day < last {
				t.Errorf("%s: %v is of day %d after %d", zone, at, day, last)
			}
			last = day
		}
	}
}

func TestOffset(t *testing.T) {
	at := time.Date(2024, 7, 1, 0, 0, 0, 0, time.UTC)
	for zone, want := range map[string]int{"Asia/Baku": 240, "Asia/Kathmandu": 345, "America/New_York": -240, "UTC": 0} {
		if got := NewCalendar(zone).UTCOffset(at); got != want {
			t.Errorf("%s: %d minutes, want %d", zone, got, want)
		}
	}
	if got := (Calendar{}).Day(at); got != dayOf("2024-07-01") {
		t.Errorf("the zero calendar's day is %d", got)
	}
}

func TestIsKnownZone(t *testing.T) {
	for zone, want := range map[string]bool{
		"Asia/Baku": true, "UTC": true, "": false, "Local": false, "Baku": false, "../../etc/passwd": false, "Asia/Baku\x00": false,
	} {
		if IsKnownZone(zone) != want {
			t.Errorf("%q is known: %v", zone, !want)
		}
	}
}
