grammar DockerfileLine;
line : WORD* EOF ;
WORD : ~[ \t\n]+ ;
BLANK : [ \t\n]+ -> skip ;
