namespace Atrium.Social;

/// <summary>What the people of the demo say, oldest first.</summary>
internal static class DemoPosts
{
    public static readonly DemoPost[] All =
    [
        new("welcome", "ada", 320, "Our own timeline is open. Say what you need, what you have, what you saw on the way in. Posts to members stay in the house; public ones can be read by everyone, and answered from any Mastodon app. #lindenau", Likes: "ben cleo dmitri emine farah greta hugo ines jonas", Boosts: "ben cleo") { Pinned = true, Pictures = [new("hills", "Rounded green hills one behind the other under a pale morning sky")] },
        new("hello", "jonas", 300, "Hello! I moved into Brunnengasse 7 in September and carry boxes on Saturdays. What is the blue bin behind the counter for? #introductions", Likes: "ada farah emine cleo"),
        new("bin", "farah", 299, "@jonas Returned jars. Lids off, labels may stay on. Welcome!", Likes: "jonas ada", ReplyTo: "hello"),
        new("bin2", "jonas", 298.6, "@farah So that is why mine came back with a note. Thank you.", Likes: "farah greta", ReplyTo: "bin"),
        new("oven", "ben", 240, "The oven is hot on Thursday from five. Twelve loaves of rye, eight of the seeded one. Bring your own dough and I will find it a corner. #bread", Likes: "greta farah jonas ada", Boosts: "greta") { Pictures = [new("loaves", "Round loaves with flour on their crust, cooling in rows on a wooden rack")] },
        new("rye", "greta", 236, "@ben Keep one rye for the board meeting. Nobody votes well on crackers.", Likes: "ben ada cleo", ReplyTo: "oven"),
        new("starter", "ben", 216, "Starter for whoever wants to begin: three jars in the fridge, middle shelf, marked FREE. Feed it tonight.", "group:bakers", Likes: "greta farah jonas"),
        new("bees", "ines", 190, "The bees are in for the winter. Eleven combs stay with them, 38 jars go to the shop on Saturday. They were calmer than I was. #honey #roof", Likes: "ada ben cleo dmitri farah hugo", Boosts: "cleo farah") { Pictures = [new("comb", "Cells of a honeycomb, some sealed, some shining with honey"), new("roof", "The roof above the street at dusk with three hives in a row")] },
        new("van", "hugo", 170, "The van goes to Seegarten and the Holzer farm tomorrow at six. Two seats free, one of them without a draught. #harvest", "members", Likes: "jonas dmitri") { Pictures = [new("road", "A red van on a grey road, with low green hills behind it")] },
        new("van2", "dmitri", 169, "@hugo I take the draughty one and bring tape.", "members", Likes: "hugo ada", ReplyTo: "van"),
        new("seeds", "cleo", 150, "Seed list for February: tell me what you saved and how much. I have too many runner beans, as every year. #garden #seedswap", Likes: "ines dmitri greta", Boosts: "ines") { Pictures = [new("seeds", "Seeds laid out in small heaps of nine, dark red, cream, brown and black")] },
        new("repair", "dmitri", 120, "Repair table on Sunday, two to five, in the passage. So far: a mixer that smells, two lamps, one accordion. I promise nothing about the accordion. #repair", Likes: "ada farah hugo jonas emine", Boosts: "ada") { Pictures = [new("wheel", "A bicycle wheel seen from the side, all its spokes in place")] },
        new("minutes", "greta", 98, "Budget for next year: 41,200 in, 39,850 out, and the roof is in it. The reserve stays above three months. Full sheet with the board; ask me before Tuesday, not after.", "members", Likes: "ada ben cleo hugo") { Spoiler = "Long: budget for next year" },
        new("street", "emine", 80, "The city closes Brunnengasse on Wednesday from seven to four. Deliveries come by the canal side. #brunnengasse", Likes: "ada hugo farah", Boosts: "hugo farah ada") { Pictures = [new("canal", "The canal at sunset, with the sun low over the trees and its light on the water")] },
        new("street2", "hugo", 79, "@emine Then I need somebody at the canal gate at eight. It opens from inside only.", Likes: "emine", ReplyTo: "street"),
        new("street3", "jonas", 78.5, "@hugo @emine I am up. Eight is fine.", Likes: "emine hugo ada", ReplyTo: "street2"),
        new("poster", "emine", 54, "The poster for the winter market is done. Lino, two colours, 60 prints. Who has a window on a busy street? #wintermarket", Likes: "ada ben cleo farah greta hugo ines jonas", Boosts: "ada cleo ines") { Pictures = [new("poster", "Print of a market stall under a striped roof with snow falling, in dark green and red")] },
        new("poster2", "ines", 53, "@emine Two for the pharmacy, one for the tram stop at the bridge. The red is perfect.", Likes: "emine", ReplyTo: "poster"),
        new("stalls", "emine", 47, "Market crew: 22 stalls are sure, two wait for the fire brigade. The plan with the power lines hangs in the office.", "group:market_crew", Likes: "ada dmitri farah hugo") { Pictures = [new("lights", "Three strings of warm lights against a dark evening sky")] },
        new("press", "cleo", 30, "Which evening suits for pressing the rest of the apples? We need eight hands and somebody with a trailer. #harvest", Likes: "ada ben hugo dmitri", Boosts: "hugo") { Poll = ["Friday from five", "Saturday morning", "Sunday after two"], Votes = "ben:0 dmitri:0 emine:0 farah:1 greta:0 hugo:1 ines:0 jonas:2" },
        new("trailer", "dmitri", 29, "@cleo My neighbour lends his if it comes back cleaner than it went.", Likes: "cleo hugo", ReplyTo: "press"),
        new("trailer2", "cleo", 28.7, "@dmitri That will not be hard. Friday it looks like. 🍎", Likes: "dmitri", ReplyTo: "trailer"),
        new("quilt", "ines", 26, "Finished the quilt for the raffle. Ninety-six squares, and one of them is upside down: whoever finds it gets honey. #wintermarket", Likes: "emine ada cleo greta jonas", Boosts: "emine") { Pictures = [new("quilt", "A quilt of squares in green, ochre, red, cream and blue, each with a round or a smaller square inside")] },
        new("quilt2", "jonas", 25, "@ines Found it. I will say nothing until Saturday.", Likes: "ines emine", ReplyTo: "quilt"),
        new("fields", "hugo", 24, "Seegarten has sown the winter rye already. Straight as a ruler. #harvest", Likes: "ben greta cleo", Boosts: "ben") { Pictures = [new("rows", "Rows of young green rye running to the horizon under a bright sky")] },
        new("spice", "farah", 22, "New on the shelf: smoked paprika from the Vera mill, whole cumin, and sumac at last. First open the sumac, then decide what to cook.", Likes: "ada greta ines", Boosts: "ben") { Pictures = [new("jars", "Three shelves of jars with red, yellow, brown and green spices, each with a blank label")] },
        new("evening", "cleo", 15, "Walked home along Brunnengasse. Somebody is always still up. #lindenau", Likes: "ada hugo ines farah emine", Boosts: "ines") { Pictures = [new("night", "Five houses at night with lit windows, a thin moon and many stars above")] },
        new("floor", "dmitri", 14, "Under the old lino in the passage: tiles. I vote we keep them. #lindenau", "members", Likes: "ada emine cleo greta hugo") { Pictures = [new("tiles", "A floor of small tiles in pale and dark blue, with rounds and squares in turn")] },
        new("soup", "greta", 12, "Cooked the pumpkin soup for thirty at the lake house. Halved the cream, doubled the thyme, no regrets. #recipes", Likes: "ada ben cleo farah jonas", Boosts: "cleo") { Pictures = [new("soup", "A pot of orange soup with green herbs on top, seen from above")] },
        new("key", "hugo", 6, "Whoever took the canal gate key home: it is on your hook by the door. It always is.", "members", Likes: "ada jonas dmitri emine"),
        new("crates", "ben", 2, "Forty crates of Boskoop at the back door. The cellar is full, so they are free: bring bags, take what you can cook this week. #harvest", Likes: "ada cleo emine farah greta ines", Boosts: "farah cleo emine") { Pictures = [new("apples", "Crates full of red and green apples, close together, seen from above")] },
        new("crates2", "greta", 1.6, "@ben Two bags are spoken for. Apple butter on Sunday, bring jars.", Likes: "ben farah", ReplyTo: "crates"),
        new("crates3", "jonas", 1.2, "@greta How many jars is a bag?", ReplyTo: "crates2"),
        new("crates4", "greta", 0.9, "@jonas Seven. Eight if you stir longer than you want to.", Likes: "jonas ben", ReplyTo: "crates3"),
        new("note", "ben", 0.6, "@ada Can you open the cash box at nine on Saturday? I have the oven until ten.", "direct"),
        new("lunch", "ada", 0.3, "Table for six at noon in the passage. @emine brings the poster, I bring bread. Who else? #lindenau", Likes: "emine hugo") { Pictures = [new("table", "A long wooden table from above, laid with six plates of food")] },
    ];

    /// <summary>Who follows whom beside those of their own groups.</summary>
    public static readonly (string Who, string Whom)[] Follows =
    [
        ("ada", "ben cleo emine farah greta hugo ines"), ("ben", "ada greta farah cleo"), ("cleo", "ada ines dmitri ben emine hugo"), ("dmitri", "ada hugo cleo"), ("emine", "ada hugo farah ines jonas ben"),
        ("farah", "ada ben greta emine jonas"), ("greta", "ada ben farah"), ("hugo", "ada dmitri emine"), ("ines", "cleo ada emine"), ("jonas", "ada hugo emine farah ben"),
    ];

    /// <summary>Said about things of other rooms, by their address.</summary>
    public static readonly (string Path, string By, string Text)[] Comments =
    [
        ("/tasks/t/MARKET-1", "emine", "The brass quartet wants the corner by the fountain. I would give it to them."),
        ("/tasks/t/MARKET-1", "dmitri", "Then the power line has to go around the back. **Twelve metres more cable**, I have it."),
        ("/tasks/t/MARKET-1", "ada", "Good. Enter it in the plan, please, before the fire brigade comes on Thursday."),
    ];
}
