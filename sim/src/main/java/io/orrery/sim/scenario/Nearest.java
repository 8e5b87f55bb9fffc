package io.orrery.sim.scenario;

import java.util.List;

/** The word that somebody may have meant. */
final class Nearest {
    private Nearest() {}

    /** Says what was expected instead of {@code found}, and which of it comes nearest. */
    static String expected(List<String> words, String found) {
        String best = null;
        int bestDistance = Integer.MAX_VALUE;
        for (String word : words) {
            int distance = distance(word, found);
            if (distance < bestDistance) {
                bestDistance = distance;
                best = word;
            }
        }
        String expected = words.size() == 1 ? words.get(0) : "one of " + String.join(", ", words);
        boolean near = words.size() > 1 && bestDistance <= Math.max(1, best.length() / 2);
        return "expected " + expected + ", found '" + found + "'" + (near ? "; did you mean '" + best + "'?" : "");
    }

    /** Letters to insert, delete, replace or swap with their neighbour (Damerau 1964, restricted). */
    static int distance(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                cost[i][j] = i == 0 || j == 0 ? i + j : step(cost, a, b, i, j);
            }
        }
        return cost[a.length()][b.length()];
    }

    private static int step(int[][] cost, String a, String b, int i, int j) {
        char left = a.charAt(i - 1);
        char right = b.charAt(j - 1);
        int replaced = cost[i - 1][j - 1] + (left == right ? 0 : 1);
        int best = Math.min(replaced, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
        if (i > 1 && j > 1 && left == b.charAt(j - 2) && a.charAt(i - 2) == right) {
            best = Math.min(best, cost[i - 2][j - 2] + 1);
        }
        return best;
    }
}
