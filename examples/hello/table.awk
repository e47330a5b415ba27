# Prints a page with one row for each word, the longest first.
{ word[NR] = $1 }
END {
    for (i = 2; i <= NR; i++) {
        for (j = i; j > 1 && length(word[j]) > length(word[j - 1]); j--) {
            kept = word[j]; word[j] = word[j - 1]; word[j - 1] = kept
        }
    }
    print "<!DOCTYPE html>"
    print "<title>" title "</title>"
    print "<h1>" title "</h1>"
    print "<table>"
    for (i = 1; i <= NR; i++) {
        print "<tr><td>" word[i] "</td><th>" length(word[i]) "</th></tr>"
    }
    print "</table>"
}
