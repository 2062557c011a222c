package storage_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"chronicle/quiz"
	"chronicle/quiz/leaderboard"
	"chronicle/quiz/study"
	"chronicle/storage"
	"chronicle/storage/storagetest"
)

// pointsGained computes a person's point log from their reviews, in order.
func pointsGained(l *storagetest.Learner) []leaderboard.PointLogEntry {
	byCard := map[quiz.CardID][]leaderboard.PointLogEntry{}
	var out []leaderboard.PointLogEntry
	var last time.Time
	for _, r := range l.Reviews() {
		gap := time.Duration(0)
		if r.LeadToken == "" && !last.IsZero() {
			gap = max(0, r.At.Sub(last))
		}
		if r.LeadToken == "" {
			last = r.At
		}
		id, past, today := r.CardAfter.CardID, leaderboard.EarlierPoints{}, false
		for _, g := range byCard[id] {
			today = today || g.Day == r.Day
			if g.Day < r.Day {
				past.Days++
				past.Paid += g.Points
			}
		}
		if g, ok := leaderboard.PointsFor(r, past, gap); ok && !today {
			byCard[id] = append(byCard[id], g)
			out = append(out, g)
		}
	}
	return out
}

// TestBoardsMatchPointLog checks that the point log matches the reviews, including undone ones,
// and that standings are its sum and the same when rebuilt.
func TestBoardsMatchPointLog(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	storagetest.ForEach(t, func(t *testing.T, db *storage.DB) {
		s := newSchool(t, db)
		if err := db.SetClassBoardsEnabled(ctx, s.teacher, s.class.ID, true, s.now); err != nil {
			t.Fatal(err)
		}
		s.assigns(nil)
		boards := []quiz.BoardID{{Kind: quiz.BoardKindSite}, {Kind: quiz.BoardKindDeck, ID: s.deck}}
		for seed := range uint64(2) {
			l := seeded(s.joins(fmt.Sprint("Player ", seed)), seed+20)
			for _, b := range boards {
				if err := db.JoinBoard(ctx, l.Who(), b, fmt.Sprint("Player ", seed), l.Now); err != nil {
					t.Fatal(err)
				}
			}
			live(t, l, 90, true)
			var want []string
			for _, g := range pointsGained(l) {
				want = append(want, fmt.Sprintln(g.Fact, uint8(g.Facet), g.Day, g.Token, g.Points, g.MasteryStep, g.Rushed))
			}
			slices.Sort(want)
			var got []string
			for line := range strings.Lines(dump(t, db, "SELECT fact, facet, day, token, points, proof, quick FROM gains WHERE person = "+number(l.Person.ID))) {
				got = append(got, line)
			}
			slices.Sort(got)
			if !alikeRows(got, want) {
				t.Errorf("seed %d: kept\n%s\nthe log says\n%s", seed, got, want)
			}
			before := scoresOf(t, db, l.Who())
			if before == "" {
				t.Fatal("nothing was scored")
			}
			for _, b := range boards {
				if err := db.LeaveBoard(ctx, l.Who(), b); err != nil {
					t.Fatal(err)
				}
				if err := db.JoinBoard(ctx, l.Who(), b, fmt.Sprint("Player ", seed), l.Now); err != nil {
					t.Fatal(err)
				}
			}
			for _, on := range []bool{false, true} {
				if err := db.SetClassBoardsEnabled(ctx, s.teacher, s.class.ID, on, l.Now); err != nil {
					t.Fatal(err)
				}
			}
			if after := scoresOf(t, db, l.Who()); after != before {
				t.Errorf("seed %d: kept\n%s\nmade anew\n%s", seed, before, after)
			}
		}
	})
}

// scoresOf returns a person's all-time standings and their daily points on all boards.
func scoresOf(t *testing.T, db *storage.DB, who quiz.Who) string {
	t.Helper()
	me := number(who.Person)
	return dump(t, db, "SELECT board, counts, points, days, cleared FROM scores WHERE period = 'all' AND points + days + cleared <> 0 AND person = "+me+" ORDER BY board, counts") +
		dump(t, db, "SELECT board, day, points, answers, cleared FROM tallies WHERE points + answers + cleared <> 0 AND person = "+me+" ORDER BY board, day")
}

// boardOf creates people with these points on the site's board.
func boardOf(t *testing.T, db *storage.DB, points ...int) []quiz.Who {
	t.Helper()
	ctx := context.Background()
	now := time.Date(2026, 11, 18, 9, 0, 0, 0, time.UTC)
	var out []quiz.Who
	for i, n := range points {
		p, err := db.CreateGuest(ctx, quiz.Who{}, baku, now)
		if err != nil {
			t.Fatal(err)
		}
		if err := db.JoinBoard(ctx, p.Who(), quiz.BoardID{Kind: quiz.BoardKindSite}, fmt.Sprint("P", i), now); err != nil {
			t.Fatal(err)
		}
		exec(t, db.Raw(), fmt.Sprintf("INSERT INTO scores (person, board, counts, period, points, days, cleared, reached, shown) VALUES (%d, 'site', 'practice', '2026-W47', %d, 1, 1, %d, true)", p.ID, n, i))
		out = append(out, p.Who())
	}
	return out
}

func TestWhoIsSeenOnABoard(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	site := quiz.BoardID{Kind: quiz.BoardKindSite}
	storagetest.ForEach(t, func(t *testing.T, db *storage.DB) {
		look := func(who quiz.Who) string {
			t.Helper()
			s, err := db.Leaderboard(ctx, who, site, quiz.MetricPractice, "2026-W47")
			if err != nil {
				t.Fatal(err)
			}
			out := fmt.Sprint(s.PlayerCount, ":")
			for _, p := range s.Standings {
				if p.AfterGap {
					out += " …"
				}
				out += fmt.Sprintf(" %d.%s", p.Rank, p.Alias)
				if p.IsMe {
					out += "!"
				}
			}
			return out
		}
		if got := look(quiz.Who{}); got != "0:" {
			t.Errorf("of nobody: %s", got)
		}
		all := boardOf(t, db, 90, 80, 80, 70, 60, 50, 50, 50, 40, 0)
		for i, want := range []string{
			"9: 1.P0! 2.P1 2.P2", "9: 1.P0 2.P1! 2.P2 4.P3", "9: 1.P0 2.P1 2.P2! 4.P3 5.P4",
			"9: 1.P0 2.P1 2.P2 4.P3! 5.P4 6.P5", "9: 1.P0 2.P1 2.P2 4.P3 5.P4! 6.P5 6.P6",
			"9: 1.P0 2.P1 2.P2 4.P3 5.P4 6.P5! 6.P6 6.P7", "9: 1.P0 2.P1 2.P2 … 5.P4 6.P5 6.P6! 6.P7 9.P8",
			"9: 1.P0 2.P1 2.P2 … 6.P5 6.P6 6.P7! 9.P8", "9: 1.P0 2.P1 2.P2 … 6.P6 6.P7 9.P8!", "9: 1.P0 2.P1 2.P2",
		} {
			if got := look(all[i]); got != want {
				t.Errorf("P%d sees %s, want %s", i, got, want)
			}
		}
		// Hiding, leaving and returning.
		if err := db.SetHiddenOnBoards(ctx, all[0], true); err != nil {
			t.Fatal(err)
		}
		if got := look(all[1]); got != "8: 1.P1! 1.P2 3.P3" {
			t.Errorf("with P0 hidden: %s", got)
		}
		if err := db.LeaveBoard(ctx, all[1], site); err != nil {
			t.Fatal(err)
		}
		if got := look(all[2]); got != "7: 1.P2! 2.P3 3.P4" {
			t.Errorf("without P1: %s", got)
		}
		if err := db.SetHiddenOnBoards(ctx, all[0], false); err != nil {
			t.Fatal(err)
		}
		if got := look(all[2]); got != "8: 1.P0 2.P2! 3.P3 4.P4" {
			t.Errorf("with P0 again: %s", got)
		}
		isFault(t, db.JoinBoard(ctx, all[1], site, " p3 ", time.Now()), quiz.Invalid)
		isFault(t, db.JoinBoard(ctx, all[1], quiz.BoardID{Kind: quiz.BoardKindClass, ID: 1}, "P1", time.Now()), quiz.NotFound)
		isFault(t, db.JoinBoard(ctx, all[1], quiz.BoardID{Kind: quiz.BoardKindDeck, ID: 999}, "P1", time.Now()), quiz.NotFound)
	})
}

// TestClassBoards checks that answers count on the class's board, that only the class sees it,
// that hiding overrides the teacher's setting, and that past periods do not change.
func TestClassBoards(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	storagetest.ForEach(t, func(t *testing.T, db *storage.DB) {
		s := newSchool(t, db)
		s.assigns(nil)
		aysel, bogdan := seeded(s.joins("Aysel"), 31), seeded(s.joins("Bogdan"), 32)
		b := quiz.BoardID{Kind: quiz.BoardKindClass, ID: s.class.ID}
		for _, l := range []*storagetest.Learner{aysel, bogdan} {
			day(t, l, s.deck, 40, 8*time.Second, recalls)
		}
		week := leaderboard.PeriodKey(leaderboard.PeriodWeek, quiz.NewCalendar(baku), s.now)
		_, err := db.Leaderboard(ctx, aysel.Who(), b, quiz.MetricPractice, week)
		isFault(t, err, quiz.NotFound) // the teacher has not enabled boards
		if err := db.SetClassBoardsEnabled(ctx, s.teacher, s.class.ID, true, s.now.Add(time.Hour)); err != nil {
			t.Fatal(err)
		}
		for _, who := range []quiz.Who{aysel.Who(), s.teacher} {
			if st, err := db.Leaderboard(ctx, who, b, quiz.MetricPractice, week); err != nil || st.PlayerCount != 2 {
				t.Errorf("%+v, %v", st, err)
			}
		}
		for _, who := range []quiz.Who{{}, newTeacher(t, db, "Other", s.now)} {
			_, err := db.Leaderboard(ctx, who, b, quiz.MetricPractice, week)
			isFault(t, err, quiz.NotFound)
		}
		frozen := dump(t, db, "SELECT * FROM scores WHERE period = '"+week+"' ORDER BY person, counts")
		aysel.Now = aysel.Now.Add(7 * 24 * time.Hour)
		day(t, aysel, s.deck, 40, 8*time.Second, recalls)
		if now := dump(t, db, "SELECT * FROM scores WHERE period = '"+week+"' ORDER BY person, counts"); now != frozen {
			t.Errorf("a season that is over changed:\n%s\n%s", frozen, now)
		}
		if err := db.SetHiddenOnBoards(ctx, bogdan.Who(), true); err != nil {
			t.Fatal(err)
		}
		for _, on := range []bool{false, true} {
			if err := db.SetClassBoardsEnabled(ctx, s.teacher, s.class.ID, on, aysel.Now); err != nil {
				t.Fatal(err)
			}
		}
		if st, err := db.Leaderboard(ctx, aysel.Who(), b, quiz.MetricPractice, "all"); err != nil || st.PlayerCount != 1 || st.Standings[0].Alias != "Aysel" {
			t.Errorf("hidden is seen: %+v, %v", st, err)
		}
		if err := db.SetStudentRemoved(ctx, s.teacher, s.class.ID, s.students()["Aysel"].ID, aysel.Now, s.now); err != nil {
			t.Fatal(err)
		}
		if st, err := db.Leaderboard(ctx, s.teacher, b, quiz.MetricPractice, "all"); err != nil || st.PlayerCount != 0 {
			t.Errorf("who is gone is seen: %+v, %v", st, err)
		}
	})
}

// TestMergeGuestPoints checks that a guest's points count once, for the account they were
// merged into.
func TestMergeGuestPoints(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	site := quiz.BoardID{Kind: quiz.BoardKindSite}
	storagetest.ForEach(t, func(t *testing.T, db *storage.DB) {
		guest, account := seeded(learner(t, db), 41), seeded(learner(t, db), 42)
		for i, l := range []*storagetest.Learner{guest, account} {
			if err := db.JoinBoard(ctx, l.Who(), site, fmt.Sprint("P", i), l.Now); err != nil {
				t.Fatal(err)
			}
			day(t, l, l.Deck, 40, 8*time.Second, recalls)
		}
		if err := study.MergeGuest(ctx, db, account.Who(), guest.Who(), account.Now); err != nil {
			t.Fatal(err)
		}
		for _, table := range []string{"gains", "players", "tallies", "scores"} {
			if n := count(t, db, table+" WHERE person = "+number(guest.Person.ID)); n != 0 {
				t.Errorf("%d of %s are the guest's still", n, table)
			}
		}
		before := scoresOf(t, db, account.Who())
		if err := db.LeaveBoard(ctx, account.Who(), site); err != nil {
			t.Fatal(err)
		}
		if err := db.JoinBoard(ctx, account.Who(), site, "P1", account.Now); err != nil {
			t.Fatal(err)
		}
		if after := scoresOf(t, db, account.Who()); after != before {
			t.Errorf("kept\n%s\nmade anew\n%s", before, after)
		}
	})
}
