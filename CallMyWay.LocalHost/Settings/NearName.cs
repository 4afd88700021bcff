namespace CallMyWay.LocalHost.Settings;

/// <summary>Finds the name that somebody may have meant who has written another.</summary>
internal static class NearName
{
    /// <summary>The known name that takes the fewest changes; null where all of them take too many.</summary>
    public static string? Of(string name, IEnumerable<string> known)
    {
        // Of a short name two changes make any other one.
        var most = name.Length < 4 ? 1 : name.Length < 8 ? 2 : 3;
        return known
            .Select(each => (Name: each, Changes: Changes(name.ToUpperInvariant(), each.ToUpperInvariant())))
            .Where(each => each.Changes <= most)
            .OrderBy(each => each.Changes)
            .Select(each => each.Name)
            .FirstOrDefault();
    }

    /// <summary>How many letters are to be put in, left out or replaced (Levenshtein's distance).</summary>
    private static int Changes(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var replaced = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
