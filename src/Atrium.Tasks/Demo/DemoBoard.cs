namespace Atrium.Tasks;

/// <summary>The board's own project, and what a few members have on their own lists.</summary>
internal static class DemoBoard
{
    public const string Minutes = "Send the minutes";

    public static IReadOnlyList<DemoCard> Cards { get; } =
    [
        new("To do", Minutes, "ada", 100) { Due = -90, Repeat = "FREQ=MONTHLY;BYDAY=1WE", Turns = ["greta", "ben", "cleo", "ada"], Body = "By the evening after the meeting." },
        new("Done", "Lease of the cellar renewed", "ada", 85) { Who = ["ada"], Done = 47 },
        new("Done", "Invite to the assembly", "greta", 70) { Who = ["greta"], Done = 51 },
        new("Doing", "Budget for next year", "ada", 30) { Who = ["ada", "greta"], Due = 8, Priority = 3, Labels = ["Money"], Check = ["+Income", "+Rent and power", "Wages", "Reserve", "One page for the assembly"] },
        new("Doing", "Talk with the bank about the oven loan", "ben", 18) { Who = ["ben"], Due = -1, Priority = 2, Labels = ["Money"] },
        new("To do", "Second reader for the privacy notice", "ada", 10) { Who = ["cleo"], Due = 6 },
        new("To do", "Agenda for the December meeting", "greta", 6) { Who = ["greta"], Due = 5, Remind = 43_200 },
        new("To do", "Approve the invoice from Hof Kleeberg", "ben", 2) { Who = ["ada"], Due = 0, Priority = 1, Labels = ["Money"], Body = "Supplier order 1184, €612.40." },
    ];

    public static IReadOnlyList<(string Of, DemoCard Card)> Own { get; } =
    [
        ("ada", new("To do", "Renew the library card", "ada", 9) { Due = 3 }),
        ("ada", new("To do", "Call the van’s garage", "ada", 3) { Due = 0, At = "16:00", Remind = 1800 }),
        ("ada", new("Done", "Birthday present for Cleo", "ada", 20) { Done = 11 }),
        ("ben", new("To do", "Feed the sourdough", "ben", 40) { Due = 0, Repeat = "FREQ=DAILY" }),
        ("ben", new("To do", "Try the rye with caraway", "ben", 5)),
        ("jonas", new("To do", "Learn all names of the Saturday crew", "jonas", 12)),
        ("jonas", new("To do", "Return Hugo’s drill", "jonas", 6) { Due = -2 }),
    ];
}
