package io.orrery.raft.transcript;

import java.util.List;

/** The page that lists all transcripts: each one's first comment is its rule, and the comment's last line its source. */
final class Overview {
    private static final String SOURCE = "# Source: ";
    private static final String TABLE = "| transcript | rule | source |\n|---|---|---|\n";

    private Overview() {}

    /** What is before the table in the page as it is, then a row for each file. */
    static String page(String written, List<String> names, List<String> texts) {
        int table = written.indexOf(TABLE);
        StringBuilder page = new StringBuilder(table < 0 ? written : written.substring(0, table)).append(TABLE);
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i).replace(".txt", "");
            page.append("| [" + name + "](" + names.get(i) + ") | " + rule(texts.get(i)) + " | " + source(texts.get(i)))
                    .append(" |\n");
        }
        return page.toString();
    }

    /** The first comment without its source. */
    static String rule(String text) {
        StringBuilder rule = new StringBuilder();
        for (String line : text.lines().toList()) {
            if (line.isBlank() || line.startsWith(SOURCE)) {
                break;
            }
            rule.append(rule.isEmpty() ? "" : " ").append(line.substring(2));
        }
        return rule.toString();
    }

    /** Empty if the first comment names none. */
    static String source(String text) {
        return text.lines()
                .takeWhile(line -> !line.isBlank())
                .filter(line -> line.startsWith(SOURCE))
                .map(line -> line.substring(SOURCE.length()))
                .findFirst()
                .orElse("");
    }
}
