using Atrium.Contracts.Home;
using Atrium.Kernel;

namespace Atrium.Web;

/// <summary>What the kit's page shows its components with.</summary>
internal static class KitSamples
{
    public static IReadOnlyList<PersonFace> People { get; } =
    [
        new("Greta Lindqvist", 31), new("Hugo Marchetti", 64), new("Ines Kowalska", 25), new("Jonas Weber", 58), new("Karim Haddad", 7), new("Lena Fuchs", 12),
    ];

    public static IReadOnlyList<TabItem> Views { get; } = [new("Board", "/ui", true, "board"), new("List", "/ui?list", Count: 35), new("Calendar", "/ui?calendar")];

    public static IReadOnlyList<TabItem> Spans { get; } = [new("Week", "/ui", true), new("Month", "/ui?month"), new("Year", "/ui?year")];

    public static IReadOnlyList<Option> Audiences { get; } = [new("members", "Members"), new("public", "Everyone"), new("me", "Only me")];

    public static IReadOnlyList<Option> Pickup { get; } = [new("counter", "Counter, Brunnengasse", "Tomorrow from 9:00, free"), new("bike", "Cargo bike", "Friday evening, €2.50")];

    public static IReadOnlyList<Option> Reminders { get; } = [new("inbox", "In the inbox"), new("mail", "By e-mail", "At most one a day."), new("push", "By push, not set up", Disabled: true)];

    public static FormState Mistaken { get; } = FormState.Of(
        [new("email", "market@lindenau"), new("price", "cheap"), new("audience", "members"), new("remind", "inbox"), new("pickup", "counter"), new("quiet", "true"), new("name", "Winter market"), new("text", "Twenty-two stalls, mulled juice, brass at three.")],
        [new("email", "That address has no ending, such as .org."), new("price", "Use a number such as 14.00.")]);

    public static SafeHtml Prose { get; } = SafeHtml.Trusted(
        "<h2>The oven</h2><p>It fires on <strong>Saturdays</strong>; see the <a href=\"/ui\">plan</a>.</p><ul><li>Flour from Hof Kleeberg</li><li>Water, salt, time</li></ul><blockquote><p>The nail was her idea.</p></blockquote><pre><code>bake --at 240</code></pre>");

    public static IReadOnlyList<Datum> Shops { get; } = [new("Discounter", 112), new("Market", 89), new("Farm", 38), new("Other", 9)];

    public static IReadOnlyList<Datum> Often { get; } = [new("Every week", 125), new("Twice a month", 35), new("Once a month", 17), new("Less often", 7)];

    public static IReadOnlyList<string> Scale { get; } = ["Far too dear", "A bit dear", "Fair", "Cheap", "Very cheap"];

    public static IReadOnlyList<Stack> Feelings { get; } = [new("Vegetables and fruit", [7, 30, 93, 36, 13]), new("Bread", [4, 16, 86, 52, 21]), new("Milk and cheese", [20, 61, 73, 18, 7])];

    public static IReadOnlyList<string> Days { get; } = [.. Enumerable.Range(8, 12).Select(d => $"{d} Nov")];

    public static IReadOnlyList<Series> Answers { get; } = [new("Answers", [4, 22, 31, 18, 12, 9, 24, 19, 13, 8, 11, 13])];

    public static IReadOnlyList<Series> TwoLines { get; } = [new("Opened", [4, 6, 8, 7, 12, 9, 10, 11, 13, 8, 9, 13]), new("Closed", [1, 2, 6, 8, 9, 9, 12, 10, 11, 9, 12, 14])];

    public static IReadOnlyList<Datum> Weeks { get; } = [.. Enumerable.Range(0, 84).Select(d => new Datum($"Day {d + 1}", d * 7 % 11 < 5 ? 0 : d * 13 % 9))];

    public static ThingCard Soup { get; } = new(new("recipe", 1), "recipes", "Pumpkin soup with apple and thyme", "Recipes", "/ui", null, Audience.Public);

    public static ThingCard Stalls { get; } = new(new("task", 1), "tasks", "Layout of the 22 stalls", "Winter market · Doing", "/ui", null, Audience.Public);
}
