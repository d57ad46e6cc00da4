using System.Globalization;

namespace Atrium.Tasks;

/// <summary>What other tools' words for status and priority mean here.</summary>
internal static class StatusWords
{
    public static Category CategoryOf(string name)
    {
        var words = name.ToLowerInvariant().Split((char[])[' ', '-', '_', '/', '(', ')', '!', '.', ':', '✅'], StringSplitOptions.RemoveEmptyEntries);
        if (words.Any(w => w is "done" or "complete" or "completed" or "finished" or "closed" or "shipped" or "released" or "resolved" or "erledigt" or "fertig" or "terminé" or "hecho"))
            return Category.Done;
        if (words.Any(w => w is "cancelled" or "canceled" or "rejected" or "wontfix" or "dropped")) return Category.Cancelled;
        return words.Any(w => w is "doing" or "progress" or "wip" or "review" or "testing" or "started" or "ongoing" or "active") ? Category.Doing : Category.Todo;
    }

    /// <summary>0 to 9; null when the word means nothing to us. Numbers are taken as iCalendar's, 1 highest.</summary>
    public static int? PriorityOf(string word) => word.Trim().ToLowerInvariant() switch
    {
        "" or "none" or "no" => 0,
        "highest" or "urgent" or "critical" or "blocker" or "immediate" or "p1" => 1,
        "high" or "major" or "p2" => 3,
        "medium" or "normal" or "p3" => 5,
        "low" or "minor" or "p4" => 7,
        "lowest" or "trivial" or "p5" => 9,
        var n => int.TryParse(n, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= 9 ? number : null,
    };
}
