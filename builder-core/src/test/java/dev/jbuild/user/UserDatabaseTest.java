package dev.jbuild.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jbuild.linux.ByteString;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UserDatabaseTest {
    private static final UserDatabase DATABASE = UserDatabase.parse(ByteString.of("""
                    root:x:0:0:root:/root:/bin/sh
                    # comment:x:7:7::/:
                    nginx:x:101:102:web:/var/cache/nginx:/sbin/nologin
                    1000:x:0:0:trap:/root:/bin/sh
                    app:x:1000:1001::/home/app:/bin/sh
                    nowhere:x:1002:1002
                    broken:x:nan:5::/:
                    short:x
                    again:x:1000:9::/again:
                    """), ByteString.of("""
                    root:x:0:
                    www:x:33:nginx,app
                    docker:x:999:app
                    apps:x:1001:app
                    wheel:x:10:apple,root
                    """));

    @ParameterizedTest(name = "--chown={0} is {1}")
    @CsvSource({
        "root, 0:0",
        "nginx, 101:102",
        "nginx:, 101:102",
        "nginx:www, 101:33",
        "nginx:5, 101:5",
        "7, 7:7",
        "7:, 7:7",
        "7:8, 7:8",
        "7:docker, 7:999",
        "1000, 1000:1000",
        "00, 0:0",
        "4294967294, 4294967294:4294967294"
    })
    void ownerOfAText(String text, String owner) {
        assertThat(DATABASE.resolveOwner(ByteString.of(text))).hasToString(owner);
    }

    @ParameterizedTest(name = "USER {0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "root|0|0|0,10|/root",
                "nginx|101|102|102,33|/var/cache/nginx",
                "app|1000|1001|1001,33,999|/home/app",
                "1000|1000|1001|1001,33,999|/home/app",
                "app:www|1000|33|33|/home/app",
                "app:|1000|1001|1001,33,999|/home/app",
                "app:77|1000|77|77|/home/app",
                "4000|4000|0|0|/",
                "4000:docker|4000|999|999|/",
                "nowhere|1002|1002|1002|/"
            })
    void userOfAStep(String text, int userId, int groupId, String groups, String home) {
        StepUser user = DATABASE.resolveUser(ByteString.of(text));
        assertThat(user.userId()).isEqualTo(userId);
        assertThat(user.groupId()).isEqualTo(groupId);
        assertThat(user.groups())
                .isEqualTo(List.of(groups.split(",")).stream()
                        .map(Integer::valueOf)
                        .toList());
        assertThat(user.home()).isEqualTo(ByteString.of(home));
    }

    @ParameterizedTest(name = "''{0}''")
    @ValueSource(strings = {"-1", "+1", " 1", "0x0", "\uff11", "broken", "short", "comment", "# comment"})
    void whatIsNoNumberIsLookedUpAsAName(String text) {
        for (var resolve : List.<Runnable>of(
                () -> DATABASE.resolveUser(ByteString.of(text)), () -> DATABASE.resolveOwner(ByteString.of(text)))) {
            assertThatThrownBy(resolve::run)
                    .isInstanceOf(UserException.class)
                    .hasMessageStartingWith("unable to find user " + text + ": no matching entries in passwd file");
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "4294967295|user id 4294967295 is not in the range 0 to 4294967294",
                "4294967296|user id 4294967296 is not in the range 0 to 4294967294",
                "99999999999999999999999|user id 99999999999999999999999 is not in the range 0 to 4294967294",
                "1:4294967295|group id 4294967295 is not in the range 0 to 4294967294",
                "1:1:1|more than one ':' in '1:1:1', write user or user:group",
                ":5|no user in ':5', write user or user:group",
                "ngnix|unable to find user ngnix: no matching entries in passwd file, did you mean 'nginx'?",
                "zz|unable to find user zz: no matching entries in passwd file",
                "root:dokcer|unable to find group dokcer: no matching entries in group file, did you mean 'docker'?",
                "root:-1|unable to find group -1: no matching entries in group file"
            })
    void whoIsNotThereIsNamed(String text, String message) {
        assertThatThrownBy(() -> DATABASE.resolveUser(ByteString.of(text))).hasMessage(message);
        assertThatThrownBy(() -> DATABASE.resolveOwner(ByteString.of(text))).hasMessage(message);
    }

    @Test
    void numbersNeedNoDatabase() {
        var none = UserDatabase.parse(null, null);
        assertThat(none.resolveOwner(ByteString.of("5:6"))).isEqualTo(new Owner(5, 6));
        assertThat(none.resolveUser(ByteString.of("0")).home()).isEqualTo(ByteString.of("/"));
        assertThatThrownBy(() -> none.resolveUser(ByteString.of("root")))
                .hasMessage("unable to find user root: no matching entries in passwd file"
                        + " (the image has none; use a number)");
        assertThat(UserDatabase.isNumeric(ByteString.of("1:2"))).isTrue();
        assertThat(UserDatabase.isNumeric(ByteString.of("1:x"))).isFalse();
        assertThat(UserDatabase.isNumeric(ByteString.of("x"))).isFalse();
    }
}
