package io.orrery.server.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Finds the word that was probably meant. */
public final class NearestMatch {
    private NearestMatch() {}

    /** The nearest of {@code words} by edit distance, or empty text if none is near: a third of the letters differ. */
    public static String among(Collection<String> words, String typed) {
        String best = "";
        int bestDistance = Math.max(2, typed.length() / 3) + 1;
        for (String word : words) {
            int distance = distance(word, typed, bestDistance);
            if (distance < bestDistance) {
                best = word;
                bestDistance = distance;
            }
        }
        return best;
    }

    /** The {@code count} nearest of {@code words}, however far, the nearest first; of equally near ones in their order. */
    public static List<String> nearest(Collection<String> words, String typed, int count) {
        List<String> sorted = new ArrayList<>(words);
        sorted.sort(Comparator.comparingInt(word -> distance(word, typed, Integer.MAX_VALUE)));
        return sorted.subList(0, Math.min(count, sorted.size()));
    }

    /** Insertions, deletions, replacements and swaps of neighbours that turn one word into the other. */
    static int distance(String a, String b, int enough) {
        if (Math.abs(a.length() - b.length()) >= enough) {
            return enough;
        }
        int[] before = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(Math.min(row[j - 1], last[j]) + 1, last[j - 1] + change);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    row[j] = Math.min(row[j], before[j - 2] + 1);
                }
            }
            int[] spare = before;
            before = last;
            last = row;
            row = spare;
        }
        return last[b.length()];
    }
}
