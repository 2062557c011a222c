package storage_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"chronicle/quiz"
	"chronicle/storage"
	"chronicle/storage/storagetest"
)

// TestAdminOnlyMethods checks that everyone but administrators gets Forbidden.
func TestAdminOnlyMethods(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	storagetest.ForEach(t, func(t *testing.T, db *storage.DB) {
		s := newSchool(t, db)
		aysel := s.joins("Aysel")
		learner := signUp(t, db, quiz.SignUp{Alias: "Nigar"})
		victim := signUp(t, db, quiz.SignUp{Alias: "Farid"}).ID
		before := allRows(t, db)
		for name, who := range map[string]quiz.Who{"nobody": {}, "guest": aysel.Who(), "learner": learner.Who(), "teacher": s.teacher, "left": {Person: 7, Role: quiz.RoleMergedGuest}} {
			for deed, do := range map[string]func() error{
				"policy": func() error { return db.SetSignUpPolicy(ctx, who, quiz.SignUpClosed, s.now) },
				"invite": func() error {
					return db.CreateInvitation(ctx, who, quiz.Invitation{Role: quiz.RoleTeacher, MaxUses: 1}, "h", s.now)
				},
				"invitations": func() error { _, err := db.Invitations(ctx, who, s.now); return err },
				"withdraw":    func() error { return db.RevokeInvitation(ctx, who, 1, s.now) },
				"numbers":     func() error { _, err := db.SiteStats(ctx, who, s.now); return err },
				"audits":      func() error { _, err := db.AuditLog(ctx, who); return err },
				"tidy":        func() error { _, err := db.PurgeExpired(ctx, who, false, s.now.AddDate(5, 0, 0)); return err },
				"classes":     func() error { _, err := db.AllClasses(ctx, who, "", 0); return err },
				"appoint":     func() error { return db.AppointTeacher(ctx, who, s.class.ID, "Leyla", s.now) },
				"accounts":    func() error { _, err := db.Accounts(ctx, who, "", "", 0); return err },
				"account":     func() error { _, err := db.Account(ctx, who, victim); return err },
				"add": func() error {
					_, err := db.CreateAccount(ctx, who, quiz.SignUp{Alias: "New"}, quiz.RoleAdmin, baku, "", s.now)
					return err
				},
				"role":     func() error { return db.SetRole(ctx, who, victim, quiz.RoleAdmin, "", s.now) },
				"sign out": func() error { return db.EndAllSessions(ctx, who, victim, s.now) },
				"reset":    func() error { return db.CreateResetCode(ctx, who, victim, "h", s.now, s.now) },
				"export":   func() error { _, err := db.ExportAccount(ctx, who, victim, s.now); return err },
				"erase":    func() error { return db.EraseAccount(ctx, who, victim, s.now) },
			} {
				if err := do(); !quiz.Is(err, quiz.Forbidden) {
					t.Errorf("%s by %s: %v", deed, name, err)
				}
			}
		}
		if allRows(t, db) != before {
			t.Error("something changed")
		}
	})
}

// TestCreateFirstAdmin checks that exactly one of several concurrent calls succeeds, and that
// an administrator always remains.
func TestCreateFirstAdmin(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	storagetest.ForEach(t, func(t *testing.T, db *storage.DB) {
		var guests []quiz.Person
		for range 8 {
			guests = append(guests, guest(t, db))
		}
		errs := make(chan error, len(guests))
		for i, g := range guests {
			go func() {
				form := quiz.SignUp{Alias: fmt.Sprint("First ", i), Email: fmt.Sprint(i, "@example.org"), AsTeacher: true}
				errs <- db.CreateFirstAdmin(ctx, g.Who(), form, "hash", now)
			}()
		}
		first := 0
		for range guests {
			if err := <-errs; err == nil {
				first++
			} else if !quiz.Is(err, quiz.Conflict) {
				t.Error(err)
			}
		}
		if n, err := db.CountAdmins(ctx, quiz.Who{}); err != nil || n != 1 || first != 1 {
			t.Fatalf("%d came first, %d are administrators, %v", first, n, err)
		}
		// Of two administrators who leave at once, one must stay.
		second := signUp(t, db, quiz.SignUp{Alias: "Second", Email: "s@example.org", AsTeacher: true})
		if err := db.SetRole(ctx, storagetest.System, second.ID, quiz.RoleAdmin, "", now); err != nil {
			t.Fatal(err)
		}
		var admins []int64
		all, err := db.Accounts(ctx, storagetest.System, "", quiz.RoleAdmin, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range all {
			admins = append(admins, a.ID)
		}
		leave := []func() error{
			func() error { return db.SetRole(ctx, storagetest.System, admins[0], quiz.RoleTeacher, "", now) },
			func() error { return db.EraseOwnData(ctx, quiz.Who{Person: admins[1], Role: quiz.RoleAdmin}, now) },
		}
		for _, do := range leave {
			go func() { errs <- do() }()
		}
		gone := 0
		for range leave {
			if err := <-errs; err == nil {
				gone++
			} else if !quiz.Is(err, quiz.Forbidden) {
				t.Error(err)
			}
		}
		if n, err := db.CountAdmins(ctx, quiz.Who{}); err != nil || n != 1 || gone != 1 {
			t.Errorf("%d went, %d are left, %v", gone, n, err)
		}
	})
}

// TestResetCodesWorkOnce checks that an invitation admits no more people than it allows, even
// concurrently, and that a reset code works only once.
func TestResetCodesWorkOnce(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	storagetest.ForEach(t, func(t *testing.T, db *storage.DB) {
		if err := db.SetSignUpPolicy(ctx, storagetest.System, quiz.SignUpByInvitation, now); err != nil {
			t.Fatal(err)
		}
		if err := db.CreateInvitation(ctx, storagetest.System, quiz.Invitation{Role: quiz.RoleLearner, MaxUses: 3}, "code", now); err != nil {
			t.Fatal(err)
		}
		var guests []quiz.Person
		for range 10 {
			guests = append(guests, guest(t, db))
		}
		errs := make(chan error, len(guests))
		for i, g := range guests {
			go func() {
				errs <- db.SignUpGuest(ctx, g.Who(), quiz.SignUp{Alias: fmt.Sprint("Learner ", i), InvitationCode: "code"}, "hash", now)
			}()
		}
		in := 0
		for range guests {
			if err := <-errs; err == nil {
				in++
			} else {
				problem(t, err, "invitation", "problem.invitation")
			}
		}
		if in != 3 {
			t.Errorf("%d came in", in)
		}
		// A sign-up with a taken alias does not use up the invitation.
		if err := db.CreateInvitation(ctx, storagetest.System, quiz.Invitation{Role: quiz.RoleLearner, MaxUses: 1}, "other", now); err != nil {
			t.Fatal(err)
		}
		taken := strings.TrimSpace(dump(t, db, "SELECT alias FROM persons WHERE role = 'learner' LIMIT 1"))
		late := guest(t, db)
		problem(t, db.SignUpGuest(ctx, late.Who(), quiz.SignUp{Alias: taken, InvitationCode: "other"}, "hash", now), "alias", "problem.alias.taken")
		if err := db.SignUpGuest(ctx, late.Who(), quiz.SignUp{Alias: "Late", InvitationCode: "other"}, "hash", now); err != nil {
			t.Error(err)
		}
		if err := db.CreateResetCode(ctx, storagetest.System, late.ID, "reset", now.Add(time.Hour), now); err != nil {
			t.Fatal(err)
		}
		for range 5 {
			go func() { _, err := db.ResetPassword(ctx, quiz.Who{}, "reset", "other", now); errs <- err }()
		}
		used := 0
		for range 5 {
			if err := <-errs; err == nil {
				used++
			} else {
				isFault(t, err, quiz.NotFound)
			}
		}
		if used != 1 {
			t.Errorf("the code was used %d times", used)
		}
	})
}
