package storage_test

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"sync"
	"testing"
	"time"

	"chronicle/quiz"
	"chronicle/storage"
	"chronicle/storage/storagetest"
)

var now = storagetest.Noon

func guest(t *testing.T, db *storage.DB) quiz.Person {
	t.Helper()
	p, err := db.CreateGuest(context.Background(), quiz.Who{}, baku, now)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func signUp(t *testing.T, db *storage.DB, s quiz.SignUp) quiz.Person {
	t.Helper()
	p := guest(t, db)
	if err := db.SignUpGuest(context.Background(), p.Who(), s, "hash of "+s.Alias, now); err != nil {
		t.Fatal(err)
	}
	p, err := db.Person(context.Background(), p.Who())
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// problem checks that an error is Invalid at a single field.
func problem(t *testing.T, err error, field, key string) {
	t.Helper()
	var e *quiz.Error
	if !errors.As(err, &e) || e.Kind != quiz.Invalid || len(e.Problems) != 1 || e.Problems[0].Field != field || e.Problems[0].Key != key {
		t.Errorf("the error is %v, want %s at %s", err, key, field)
	}
}

func TestGuestPersists(t *testing.T) {
	t.Parallel()
	storagetest.ForEach(t, func(t *testing.T, db *storage.DB) {
		p := guest(t, db)
		kept, err := db.Person(context.Background(), p.Who())
		if err != nil || !reflect.DeepEqual(kept, p) || p.Role != quiz.RoleGuest || p.Zone != baku || p.NewPerDay != quiz.DefaultNewPerDay || !p.Created.Equal(now) {
			t.Errorf("%+v, kept %+v, %v", p, kept, err)
		}
		other := guest(t, db)
		if err := db.SaveSettings(context.Background(), p.Who(), quiz.Settings{Zone: "Pacific/Apia", NewPerDay: 0}); err != nil {
			t.Fatal(err)
		}
		kept, _ = db.Person(context.Background(), p.Who())
		untouched, _ := db.Person(context.Background(), other.Who())
		if kept.Zone != "Pacific/Apia" || kept.NewPerDay != 0 || !reflect.DeepEqual(untouched, other) {
			t.Errorf("%+v %+v", kept, untouched)
		}
	})
}

func TestPersonByNameFoldsNames(t *testing.T) {
	t.Parallel()
	storagetest.ForEach(t, func(t *testing.T, db *storage.DB) {
		leyla := signUp(t, db, quiz.SignUp{Alias: "Leyla Əliyeva", Email: "ignored@example.az"})
		rustam := signUp(t, db, quiz.SignUp{Alias: "Rüstəm", Email: "Rustam@Example.az", AsTeacher: true})
		for name, want := range map[string]int64{
			"Leyla Əliyeva": leyla.ID, "leyla əliyeva": leyla.ID, " LEYLA   ƏLİYEVA ": leyla.ID, "LEYLA ƏLIYEVA": leyla.ID,
			"Ｌｅｙｌａ Əliyeva": leyla.ID, "Ru\u0308stəm": rustam.ID, "RUSTAM@EXAMPLE.AZ": rustam.ID, "rustam@example.az": rustam.ID,
			"ignored@example.az": 0, "leyla": 0, "": 0, "%": 0, "rustam@example_az": 0,
		} {
			p, err := db.PersonByName(context.Background(), quiz.Who{}, name)
			if want == 0 {
				isFault(t, err, quiz.NotFound)
			} else if err != nil || p.ID != want {
				t.Errorf("%q is %d, %v", name, p.ID, err)
			}
		}
		p, err := db.PersonByName(context.Background(), quiz.Who{}, "rüstəm")
		if err != nil || p.Role != quiz.RoleTeacher || p.Email != "Rustam@Example.az" || p.Alias != "Rüstəm" || p.PasswordHash != "hash of Rüstəm" {
			t.Errorf("%+v %v", p, err)
		}
		if p, _ := db.Person(context.Background(), leyla.Who()); p.Role != quiz.RoleLearner || p.Email != "" {
			t.Errorf("%+v", p)
		}
	})
}

func TestTakenNames(t *testing.T) {
	t.Parallel()
	storagetest.ForEach(t, func(t *testing.T, db *storage.DB) {
		first := signUp(t, db, quiz.SignUp{Alias: "Aysel", Email: "aysel@example.az", AsTeacher: true})
		p := guest(t, db)
		before := everything(t, db)
		try := func(s quiz.SignUp) error { return db.SignUpGuest(context.Background(), p.Who(), s, "hash", now) }
		problem(t, try(quiz.SignUp{Alias: "AYSEL"}), "alias", "problem.alias.taken")
		problem(t, try(quiz.SignUp{Alias: "ａｙｓｅｌ", Email: "new@example.az", AsTeacher: true}), "alias", "problem.alias.taken")
		problem(t, try(quiz.SignUp{Alias: "Another", Email: "Aysel@example.AZ", AsTeacher: true}), "email", "problem.email.taken")
		err := db.SignUpGuest(context.Background(), first.Who(), quiz.SignUp{Alias: "Second"}, "hash", now)
		isFault(t, err, quiz.Conflict) // signed up already
		if everything(t, db) != before {
			t.Error("a refused sign-up was written")
		}
		if err := try(quiz.SignUp{Alias: "Another", Email: "aysel@example.az"}); err != nil {
			t.Errorf("a learner's e-mail is not kept and cannot be taken: %v", err)
		}
	})
}

// TestAnAliasThatLooksLikeAnEmail checks that an alias that folds to an e-mail does not block
// that e-mail's owner.
func TestAnAliasThatLooksLikeAnEmail(t *testing.T) {
	t.Parallel()
	storagetest.ForEach(t, func(t *testing.T, db *storage.DB) {
		signUp(t, db, quiz.SignUp{Alias: "aysel＠example.az"})
		teacher := signUp(t, db, quiz.SignUp{Alias: "Aysel", Email: "aysel@example.az", AsTeacher: true})
		p, err := db.PersonByName(context.Background(), quiz.Who{}, "aysel@example.az")
		if err != nil || p.ID != teacher.ID {
			t.Errorf("%+v %v", p, err)
		}
	})
}

func TestTheSameAliasFromManyAtOnce(t *testing.T) {
	t.Parallel()
	storagetest.ForEach(t, func(t *testing.T, db *storage.DB) {
		errs := make([]error, 12)
		var all sync.WaitGroup
		for i := range errs {
			p := guest(t, db)
			all.Go(func() {
				s := quiz.SignUp{Alias: []string{"Nigar", "NIGAR", "nigar"}[i%3]}
				errs[i] = db.SignUpGuest(context.Background(), p.Who(), s, fmt.Sprint(i), now)
			})
		}
		all.Wait()
		won := 0
		for _, err := range errs {
			if err == nil {
				won++
				continue
			}
			problem(t, err, "alias", "problem.alias.taken")
		}
		if won != 1 || count(t, db, "persons WHERE alias_key = 'nigar'") != 1 {
			t.Errorf("%d have the alias", won)
		}
	})
}

func TestSessionsEnd(t *testing.T) {
	t.Parallel()
	storagetest.ForEach(t, func(t *testing.T, db *storage.DB) {
		const day = 24 * time.Hour
		p, other := signUp(t, db, quiz.SignUp{Alias: "Leyla"}), guest(t, db)
		ctx := context.Background()
		at := func(days int) time.Time { return now.Add(time.Duration(days) * day) }
		is := func(hash string, days int, want int64) {
			t.Helper()
			got, err := db.PersonBySession(ctx, quiz.Who{}, hash, at(days))
			if want == 0 {
				isFault(t, err, quiz.NotFound)
			} else if err != nil || got.ID != want {
				t.Errorf("%s on day %d: %+v %v", hash, days, got, err)
			}
		}
		for hash, who := range map[string]quiz.Person{"idle": p, "used": p, "third": p, "others": other} {
			if err := db.CreateSession(ctx, who.Who(), hash, now); err != nil {
				t.Fatal(err)
			}
		}
		if got, err := db.PersonBySession(ctx, quiz.Who{}, "idle", now); err != nil || got.ID != p.ID || got.Role != quiz.RoleLearner {
			t.Errorf("%+v %v, want %+v", got, err, p)
		}
		is("unknown", 0, 0)
		is("", 0, 0)
		for days := 80; days <= 364; days += 71 { // a session used every ten weeks lasts a year
			is("used", days, p.ID)
		}
		is("used", 364, p.ID)
		is("used", 365, 0)
		is("third", 89, p.ID)
		is("third", 178, p.ID)
		is("idle", 90, 0)
		if err := db.EndSession(ctx, other.Who(), "third"); err != nil {
			t.Fatal(err)
		}
		is("third", 179, p.ID) // nobody can end another person's session
		if err := db.EndOtherSessions(ctx, p.Who(), "third"); err != nil {
			t.Fatal(err)
		}
		is("third", 179, p.ID)
		is("used", 10, 0)
		is("others", 10, other.ID)
		is("others", 364, other.ID) // a guest has no other way to sign in
		is("others", 365, 0)
		if err := db.EndSession(ctx, p.Who(), "third"); err != nil {
			t.Fatal(err)
		}
		is("third", 179, 0)
	})
}

func TestOldSessionsAreDeleted(t *testing.T) {
	t.Parallel()
	storagetest.ForEach(t, func(t *testing.T, db *storage.DB) {
		p := guest(t, db)
		member := signUp(t, db, quiz.SignUp{Alias: "Leyla"})
		for hash, age := range map[string]int{"fresh": 0, "almost": 89, "idle": 90, "long": 400} {
			for prefix, who := range map[string]quiz.Who{"guest's ": p.Who(), "": member.Who()} {
				if err := db.CreateSession(context.Background(), who, prefix+hash, now.AddDate(0, 0, -age)); err != nil {
					t.Fatal(err)
				}
			}
		}
		if _, err := db.PurgeExpired(context.Background(), storagetest.System, false, now); err != nil {
			t.Fatal(err)
		}
		if left := dump(t, db, "SELECT hash FROM sessions ORDER BY hash"); left != "almost\nfresh\nguest's almost\nguest's fresh\nguest's idle\n" {
			t.Errorf("left are\n%s", left)
		}
	})
}
