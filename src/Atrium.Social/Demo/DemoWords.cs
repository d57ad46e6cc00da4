namespace Atrium.Social;

/// <summary>What the many of the demo said in the half year before: sentences with gaps, and what fills them.</summary>
internal static class DemoWords
{
    public static readonly (string Tag, string[] Lines)[] Topics =
    [
        ("bread", ["{N} loaves of {grain} left on the rack after {hour}. Take one, leave two euros.", "Tried {grain} with {spice} today. The crust is loud, the crumb is quiet.", "Who has the big proving basket? The {grain} waits."]),
        ("garden", ["The {plant} are up. {N} rows, and the snails have counted them too.", "Watering on {day}: I take the {place}, who takes the rest?", "Saved seed of the {plant}. Envelopes are in the {place}."]),
        ("repair", ["Mended: one {tool}, {N} plugs and a hinge. Not mended: the other {tool}.", "Looking for a spare part for a {tool}. It squeaks on {day} only, I think.", "The {tool} is back on its hook in the {place}. It works if you are kind to it."]),
        ("harvest", ["{N} crates of {fruit} came in at {hour}. Come before they talk to the wasps.", "The farm offers {fruit} at half price until {day}. I would take {N} kilos if three others join.", "{fruit} and {spice}: {N} jars, and the kitchen smells of it still."]),
        ("shop", ["New on the shelf: {spice}, {grain}, and {fruit} from the Holzer farm.", "We are out of {grain} until {day}. There is more {spice} than anyone can eat.", "The till in the {place} was {N} cents over. I gave them to the tip jar."]),
        ("van", ["The van goes out on {day} at {hour}. {N} seats, one of them dry.", "Left a {tool} in the van. It is under the {fruit}.", "Parking by the {place} is free again after {hour}."]),
        ("recipes", ["Soup of {fruit} with {spice}. It fed {N} and nobody asked for bread.", "{grain} porridge, {fruit}, a little {spice}. {day} may come.", "If a recipe says a pinch of {spice}, it means {N}."]),
        ("lindenau", ["Saw the heron by the {place} again, at {hour} sharp.", "Choir on {day} in the {place}: {N} voices and a kettle.", "The light in the {place} stays on. Whoever is last: the switch is behind the {tool}."]),
    ];

    public static readonly string[] Answers =
    [
        "Count me in.", "I can bring {N} more.", "Not on {day}, but any other time.", "That was me, sorry. It is back in the {place}.", "With {spice}? I have to see that.", "Thank you, it was delicious.", "Is there still some left at {hour}?",
        "My neighbour has a {tool}, I will ask.", "Same here, and I thought I was alone.", "Take the {fruit} too, please.", "Good. Then I need not come before {hour}.", "{N} is optimistic, but yes.", "I put it in the {place}.", "Ask again on {day}.",
    ];

    public static readonly (string Asks, string[] Answers)[] Polls =
    [
        ("Which day for the long table?", ["Friday", "Saturday", "Sunday"]), ("What shall the oven do next?", ["Rye", "Seeded", "Something sweet"]), ("A second van?", ["Yes", "No", "A cargo bike"]), ("When do we close in winter?", ["At six", "At seven"]),
    ];

    public static readonly Dictionary<string, string[]> Fills = new(StringComparer.Ordinal)
    {
        ["grain"] = ["rye", "spelt", "emmer", "oat", "buckwheat", "wholemeal"], ["spice"] = ["cumin", "sumac", "thyme", "smoked paprika", "caraway", "nutmeg", "fennel"], ["plant"] = ["runner beans", "broad beans", "leeks", "tomatoes", "pumpkins", "peas"],
        ["fruit"] = ["apples", "quinces", "plums", "pears", "pumpkins", "beetroot", "carrots"], ["tool"] = ["drill", "bicycle pump", "mixer", "ladder", "lamp", "sewing machine", "kettle"],
        ["place"] = ["passage", "cellar", "back room", "canal side", "courtyard", "office", "roof"], ["day"] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"], ["hour"] = ["seven", "eight", "nine", "ten", "noon", "four", "half past five"],
        ["N"] = ["two", "three", "five", "six", "eight", "nine", "eleven", "twelve", "twenty"],
    };
}
