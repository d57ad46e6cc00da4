namespace Atrium.Tasks;

/// <summary>The courtyard garden: chores that come back and go round.</summary>
internal static class DemoGarden
{
    public const string Watering = "Water the raised beds";
    public const string Compost = "Turn the compost";
    public const string Sweep = "Sweep the courtyard";

    public static IReadOnlyList<DemoCard> Cards { get; } =
    [
        new("To do", Watering, "cleo", 60) { Due = -56, At = "18:00", Repeat = "FREQ=WEEKLY;BYDAY=MO,TH", Turns = ["cleo", "ines", "dmitri"], Remind = 3600, Labels = ["Beds"], Body = "Two cans each; the herbs need less. Skip it when it rained." },
        new("To do", Compost, "cleo", 80) { Due = -70, Repeat = "FREQ=WEEKLY;INTERVAL=2;BYDAY=SA", Turns = ["dmitri", "ines", "cleo"], Labels = ["Compost"] },
        new("To do", Sweep, "cleo", 50) { Due = -42, Repeat = "FREQ=WEEKLY;BYDAY=FR", Turns = ["jonas", "dmitri", "ines", "cleo"] },
        new("Done", "Bring in the tomatoes", "cleo", 45) { Who = ["cleo", "ines"], Labels = ["Beds"], Done = 31 },
        new("Done", "Plant garlic, three rows", "cleo", 35) { Who = ["ines"], Labels = ["Beds"], Done = 24 },
        new("Done", "Mend the water butt", "ines", 28) { Who = ["dmitri"], Done = 17 },
        new("Doing", "Fleece over the winter salad", "cleo", 12) { Who = ["cleo"], Due = 1, Labels = ["Beds"], Check = ["+Bed one", "Bed two", "Pegs"] },
        new("To do", "Order seed potatoes", "ines", 9) { Who = ["ines"], Due = 30, Labels = ["Seeds"] },
        new("To do", "Seed swap in February: find a room", "cleo", 20) { Due = 55, Labels = ["Seeds"] },
        new("To do", "Build two new raised beds", "cleo", 16) { Places = 4, Volunteers = ["dmitri", "jonas", "ines"], Due = 12, At = "10:00", Body = "Boards and screws are in the shed. Soup at one." },
        new("To do", "Fetch the boards with the van", "dmitri", 15) { Under = "Build two new raised beds", Who = ["dmitri"], Due = 10 },
        new("To do", "Line them with felt", "dmitri", 15) { Under = "Build two new raised beds" },
    ];
}
