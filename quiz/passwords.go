package quiz

import "strings"

// commonPasswords are the passwords of at least eight characters that attackers try
// first, case-folded. They are rejected; there are no other rules about which
// characters a password contains.
var commonPasswords = wordSet(`
password password1 password12 password123 passw0rd p@ssw0rd p@ssword pa$$word
12345678 123456789 1234567890 0123456789 87654321 987654321 11223344 12341234
123123123 12344321 qwertyui qwertyuiop qwerty12 qwerty123 qwerty1234 1q2w3e4r
1q2w3e4r5t 1qaz2wsx zaq12wsx qazwsxedc asdfghjk asdfghjkl zxcvbnm1 abcd1234
abcdefgh abcdefg1 a1b2c3d4 iloveyou iloveyou1 sunshine princess football
baseball superman starwars trustno1 whatever welcome1 welcome123 letmein1
letmein123 dragon123 monkey123 master123 michael1 jennifer computer internet
changeme changeme1 secret123 administrator admin123 admin1234 adminadmin
rootroot testtest test1234 guest123 student1 student123 teacher1 teacher123
school123 azerbaijan azerbaycan baku1234 bakubaku moscow123 russia123
chronicle chronicle1 history1 history123 йцукенгш йцукенгшщз пароль123
parol123 salam123 password! password1! qwertyui1 aa123456 a12345678 q1w2e3r4
`)

func wordSet(words string) map[string]bool {
	s := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		s[w] = true
	}
	return s
}
