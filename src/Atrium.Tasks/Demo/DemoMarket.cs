namespace Atrium.Tasks;

/// <summary>The winter market: 35 tasks, 23 of them done.</summary>
internal static class DemoMarket
{
    public static IReadOnlyList<DemoCard> Cards { get; } =
    [
        new("Done", "Date agreed with the parish", "emine", 68) { Who = ["emine"], Labels = ["Permits"], Done = 64 },
        new("Done", "Call for stalls published", "emine", 60) { Who = ["cleo"], Labels = ["Stalls"], Done = 52 },
        new("Done", "Insurance extended to the courtyard", "ada", 58) { Who = ["hugo"], Labels = ["Permits"], Done = 41, Body = "Policy 22-4711, valid for set-up and clearing too." },
        new("Done", "Deposit cups counted: 612", "farah", 30) { Who = ["jonas", "ines"], Labels = ["Food"], Done = 9 },
        new("Done", "List of last year’s stallholders", "emine", 66) { Who = ["greta"], Labels = ["Stalls"], Done = 62 },
        new("Done", "Stall fees agreed: 25 a day, 10 for members", "emine", 64) { Who = ["ada"], Labels = ["Stalls"], Done = 57 },
        new("Done", "Budget approved by the board", "ada", 63) { Who = ["ada"], Done = 49, Body = "€2,400 in all, €600 of it reserve." },
        new("Done", "Poster: first sketch", "emine", 45) { Who = ["emine"], Labels = ["Print"], Done = 38 },
        new("Done", "Poster: first proof", "emine", 36) { Who = ["emine"], Labels = ["Print"], Done = 27 },
        new("Done", "Ask the school choir", "greta", 44) { Who = ["greta"], Labels = ["Music"], Done = 33 },
        new("Done", "Borrow twelve beer tables from the fire brigade", "hugo", 40) { Who = ["hugo"], Labels = ["Stalls"], Done = 20 },
        new("Done", "First-aid kit checked", "dmitri", 25) { Who = ["dmitri"], Done = 14 },
        new("Done", "Extension leads tested and labelled", "dmitri", 34) { Who = ["dmitri"], Labels = ["Stalls"], Done = 18, Check = ["+50 m, three of them", "+25 m, six of them", "+Splitters with switch"] },
        new("Done", "Price list for food and drink", "farah", 28) { Who = ["farah"], Labels = ["Food"], Done = 12 },
        new("Done", "Order flour for 300 pretzels", "ben", 21) { Who = ["ben"], Labels = ["Food"], Done = 8 },
        new("Done", "Letter to the neighbours", "ada", 31) { Who = ["greta"], Labels = ["Print"], Done = 16 },
        new("Done", "Book the toilets", "hugo", 48) { Who = ["hugo"], Labels = ["Permits"], Done = 29 },
        new("Done", "Walk the courtyard with the city", "emine", 42) { Who = ["emine", "ada"], Labels = ["Permits"], Done = 35 },
        new("Done", "Find someone for the children’s corner", "cleo", 37) { Who = ["cleo"], Done = 22 },
        new("Done", "Honey jars labelled", "ines", 24) { Who = ["ines"], Labels = ["Food"], Done = 10 },
        new("Done", "Permit for serving alcohol", "ada", 50) { Who = ["ada"], Labels = ["Permits"], Done = 26 },
        new("Done", "Van reserved for both days", "hugo", 33) { Who = ["hugo"], Done = 30 },
        new("Done", "Fairy lights: 80 metres found in the cellar", "jonas", 19) { Who = ["jonas"], Done = 6 },

        new("Doing", "Layout of the 22 stalls", "emine", 26) { Who = ["emine", "ada"], Labels = ["Stalls"], Due = 0, Priority = 3, Body = "Fire lane of 3.5 m stays free. Power on the north wall only.", Check = ["+Measure the yard", "+Fire lane", "+Food at the back", "+Power points", "+Wind: nothing tall at the gate", "Children’s corner away from the braziers", "Bicycle yard", "Print it in A1"] },
        new("Doing", "Poster and flyers, second proof", "emine", 20) { Who = ["cleo"], Labels = ["Print"], Due = -6, Priority = 1, Body = "The date is right now. The baker’s name is not." },
        new("Doing", "Power plan: which stall gets which circuit", "dmitri", 15) { Who = ["dmitri", "jonas"], Labels = ["Stalls", "Permits"], Due = 3, After = "Layout of the 22 stalls", Check = ["+Circuits counted", "+Punch: own circuit", "+Pretzel oven: own circuit", "Lights", "Music", "Spare", "Sign it off"] },
        new("Doing", "Rota for set-up and clearing", "ben", 13) { Who = ["ben"], Due = 7, Check = ["+Friday evening", "+Saturday 6 to 8", "+Gate", "+Coats", "Clearing, first shift", "Clearing, second shift", "Sunday van"] },
        new("Waiting", "Street closure, Brunnengasse 8 to 20", "ada", 40) { Who = ["greta"], Labels = ["Permits"], Due = 2, Priority = 2, Body = "Handed in. The office answers within four weeks, they say." },
        new("Waiting", "Offer for the tent from Hof Kleeberg", "ben", 12) { Who = ["ben"], Labels = ["Stalls"] },
        new("To do", "Book the brass quartet for three o’clock", "emine", 11) { Who = ["greta"], Labels = ["Music"], Due = 4, Priority = 5 },
        new("To do", "Ask the fire brigade about the braziers", "emine", 10) { Who = ["ada"], Labels = ["Permits"], Due = 0, Priority = 2 },
        new("To do", "Mulled apple juice: test batch of 20 litres", "farah", 9) { Who = ["emine", "farah"], Labels = ["Food"], Due = 5, Check = ["+Juice from the press", "Spices", "Taste it", "Write the recipe down"] },
        new("To do", "Candles, 400 pieces, beeswax if the price holds", "ines", 8) { Who = ["ines"], Labels = ["Food"], Due = 0 },
        new("To do", "Lost and found box", "ines", 6) { Who = ["ines"] },
        new("To do", "Signs for the bicycle yard", "jonas", 5) { Who = ["jonas"], Labels = ["Print"], Due = 11, Remind = 86_400 },
    ];
}
