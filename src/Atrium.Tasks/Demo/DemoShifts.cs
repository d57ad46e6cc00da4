using System.Globalization;

namespace Atrium.Tasks;

/// <summary>Saturdays at the counter: places to take, some full, some waiting for people.</summary>
internal static class DemoShifts
{
    private static readonly string[][] Taken = [["farah", "jonas", "greta", "hugo", "ines"], ["farah", "ines", "ben"], ["hugo", "jonas"], ["greta"], []];

    public static IReadOnlyList<DemoCard> Cards(DateTimeOffset now)
    {
        var saturday = ((int)DayOfWeek.Saturday - (int)now.DayOfWeek + 7) % 7;
        var cards = new List<DemoCard>();
        for (var week = -3; week < 0; week++)
            cards.Add(new("Done", $"Saturday counter, {Day(now, saturday + (7 * week))}", "farah", 38) { Who = ["farah"], Due = saturday + (7 * week), At = "09:00", Done = Math.Max(1, -(saturday + (7 * week))) });
        for (var week = 0; week < Taken.Length; week++)
            cards.Add(new("To do", $"Saturday counter, {Day(now, saturday + (7 * week))}", "farah", 20 - week) { Due = saturday + (7 * week), At = "09:00", Places = 4, Volunteers = Taken[week], Remind = 54_000, Body = "9 to 18 with a break. The till opens with last evening’s count." });
        cards.Add(new("To do", "Market stall: first shift, 10 to 14", "farah", 14) { Due = 12, At = "10:00", Places = 5, Volunteers = ["ada", "farah", "jonas"] });
        cards.Add(new("To do", "Market stall: second shift, 14 to 18", "farah", 14) { Due = 12, At = "14:00", Places = 5, Volunteers = ["ben", "cleo"] });
        cards.Add(new("Doing", "Stocktaking of the dry goods", "farah", 8) { Who = ["farah", "jonas"], Due = 2, Check = ["+Flour and grain", "+Pulses", "Spices", "Oil", "Write it into the book"] });
        cards.Add(new("To do", "Teach Jonas the till", "greta", 7) { Who = ["greta"], Due = 1 });
        return cards;
    }

    private static string Day(DateTimeOffset now, int days) => now.AddDays(days).ToString("d MMM", CultureInfo.InvariantCulture);
}
