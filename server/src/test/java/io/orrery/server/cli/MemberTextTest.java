package io.orrery.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.server.json.Json;
import org.junit.jupiter.api.Test;

class MemberTextTest {
    /** The members of the table in Easegress's documentation. */
    private static final String DOCUMENTED = """
            {"members":[
            {"name":"machine-1","role":"primary","ageMillis":600000,"state":"Leader","apiAddress":"$HOST1:2381",
            "heartbeatMillis":3100,"status":"ALIVE","address":"10.0.0.1:16000","incarnation":"1600.0"},
            {"name":"machine-2","role":"primary","ageMillis":600000,"state":"Follower","apiAddress":"$HOST2:2381",
            "heartbeatMillis":4100,"status":"ALIVE","address":"10.0.0.2:16000","incarnation":"1601.0"},
            {"name":"machine-3","role":"primary","ageMillis":600000,"state":"Follower","apiAddress":"$HOST3:2381",
            "heartbeatMillis":2100,"status":"SUSPECT","address":"10.0.0.3:16000","incarnation":"1602.4",
            "suspicion":{"by":["machine-1","machine-2"],"sinceMillis":900,"deadInMillis":3250}},
            {"name":"machine-4","role":"secondary","ageMillis":120000,"state":"","apiAddress":"$HOST1:2381",
            "heartbeatMillis":3100,"status":"ALIVE"}]}""";

    @Test
    void tableOfEasegressesDocumentationIsPrintedToTheLetter() {
        assertThat(MemberText.easegressTable(Json.parse(DOCUMENTED))).isEqualTo("""
                        NAME              ROLE            AGE     STATE     API-ADDR     HEARTBEAT
                        machine-1         primary         10m     Leader    $HOST1:2381  3s ago
                        machine-2         primary         10m     Follower  $HOST2:2381  4s ago
                        machine-3         primary         10m     Follower  $HOST3:2381  2s ago
                        machine-4         secondary       2m      ""        $HOST1:2381  3s ago""");
    }

    @Test
    void membersTableHasTheColumnsOfEasegressFirstThenWhatGossipKnows() {
        assertThat(MemberText.table(Json.parse(DOCUMENTED))).isEqualTo("""
                        NAME       ROLE       AGE  STATE     API-ADDR     HEARTBEAT  STATUS   INCARNATION  SUSPICION                             ADDRESS
                        machine-1  primary    10m  Leader    $HOST1:2381  3s ago     ALIVE    1600.0       -                                     10.0.0.1:16000
                        machine-2  primary    10m  Follower  $HOST2:2381  4s ago     ALIVE    1601.0       -                                     10.0.0.2:16000
                        machine-3  primary    10m  Follower  $HOST3:2381  2s ago     SUSPECT  1602.4       by machine-1,machine-2, dead in 3.2s  10.0.0.3:16000
                        machine-4  secondary  2m   -         $HOST1:2381  3s ago     ALIVE    -            -                                     -""");
    }

    @Test
    void describedMemberHasItsSuspicionItsRowsAndItsEventsWithReasons() {
        String text = MemberText.text(Json.parse("""
                {"observer":"n1","name":"n3","role":"primary","ageMillis":65000,"state":"Follower","apiAddress":"h:18085",
                "address":"h:16002","heartbeatMillis":2149,"status":"SUSPECT","incarnation":"1602.4",
                "suspicion":{"by":["n1","n2"],"sinceMillis":900,"deadInMillis":3250},
                "generation":1602,"refutations":4,"metadata":{"api":"h:18085","role":"primary"},
                "rows":{"generation":1602,"sequence":9,"count":7,"hash":"ff"},
                "events":[{"agoMillis":60900,"kind":"LEARNT","incarnation":"1602.0","text":"learnt of, told by n2"},
                {"agoMillis":900,"kind":"SUSPECTED","incarnation":"1602.4","text":"suspected by n1"}]}"""));
        assertThat(text).isEqualTo("""
                        Name: n3
                        Seen by: n1
                        Status: SUSPECT
                        Suspicion: by n1,n2, dead in 3.2s
                        Incarnation: 1602.4 (booted as generation 1602, 4 refutations since)
                        Age: 65s
                        Last heard: 2.1s ago
                        Role: primary
                        State in group 0: Follower
                        Address: h:16002
                        API address: h:18085
                        Metadata: {"api":"h:18085","role":"primary"}
                        Rows: 7 of generation 1602 up to operation 9, hash ff
                        Events:
                          AGO      KIND       INCARNATION  WHAT
                          60s ago  LEARNT     1602.0       learnt of, told by n2
                          0s ago   SUSPECTED  1602.4       suspected by n1""");
    }

    @Test
    void ofARemovedMemberOnlyWhatIsRememberedIsPrinted() {
        String text = MemberText.text(Json.parse("""
                {"observer":"n1","name":"n3","status":"REMOVED","incarnation":"1602.0","generation":1602,"refutations":0,
                "events":[{"agoMillis":900,"kind":"REAPED","incarnation":"1602.0","text":"removed for good"}]}"""));
        assertThat(text).isEqualTo("""
                        Name: n3
                        Seen by: n1
                        Status: REMOVED
                        Incarnation: 1602.0 (booted as generation 1602, 0 refutations since)
                        Events:
                          AGO     KIND    INCARNATION  WHAT
                          0s ago  REAPED  1602.0       removed for good""");
    }
}
