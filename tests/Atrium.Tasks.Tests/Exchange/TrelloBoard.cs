using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Atrium.Tasks.Tests;

/// <summary>
/// Makes a board in the shape of Trello's own export: the same top-level members, object ids that begin with their second, positions in
/// powers of two, checklists and labels beside the cards, actions newest first and cut at 1,000. Always the same for the same numbers.
/// </summary>
internal sealed class TrelloBoard(int cards = 1000)
{
    private const string Board = "68f049a2454e1224d2a9609f";
    private static readonly DateTimeOffset Begin = new(2025, 10, 1, 8, 0, 0, TimeSpan.Zero);
    private readonly Random _random = new(20261123);
    private int _ids;

    public static readonly string[] Lists = ["Ideas", "To do", "In progress", "Review", "Done ✅", "Old stuff"];

    public int Archived { get; private set; }

    public int Templates { get; private set; }

    public int CommentsMade { get; private set; }

    public int CommentsInFile { get; private set; }

    public int CheckItems { get; private set; }

    public byte[] Json()
    {
        var members = Enumerable.Range(0, 8).Select(i => Node(new { id = Id(0), fullName = $"Person {i}", username = $"person{i}", initials = "P", avatarHash = (string?)null, bio = "", confirmed = true, memberType = "normal" })).ToList();
        var lists = Lists.Select((name, i) => Node(new
        {
            id = Id(i),
            name,
            closed = name == "Old stuff",
            color = (string?)null,
            idBoard = Board,
            pos = 16384.0 * (i + 1),
            subscribed = false,
            softLimit = name == "In progress" ? 5 : (int?)null,
            type = (string?)null,
            datasource = new { filter = false },
            limits = new { cards = new { openPerList = new { status = "ok", disableAt = 5000, warnAt = 4500 } } },
        })).ToList();
        var colors = new[] { "green", "yellow_dark", "orange", "red_light", "purple", "blue", "sky", null };
        var labels = colors.Select((color, i) => Node(new { id = Id(i), idBoard = Board, idOrganization = "68f048afb9cf5047f0813d29", name = i == 2 ? "" : $"Label {i}", color, uses = 10, nodeId = "ari:cloud:trello::label" })).ToList();
        var fields = new List<JsonNode>
        {
            Node(new { id = Id(1), idModel = Board, modelType = "board", name = "Cost", pos = 16384, type = "number", display = new { cardFront = true }, isSuggestedField = false }),
            Node(new { id = Id(2), idModel = Board, modelType = "board", name = "Stage", pos = 32768, type = "list", display = new { cardFront = true }, isSuggestedField = false }),
            Node(new { id = Id(3), idModel = Board, modelType = "board", name = "Visit", pos = 49152, type = "date", display = new { cardFront = false }, isSuggestedField = false }),
        };
        fields[1]["options"] = new JsonArray(Node(new { id = "opt1", idCustomField = Text(fields[1]), value = new { text = "Planned" }, color = "none", pos = 16384 }));

        var (made, checklists, actions) = (new List<JsonNode>(), new List<JsonNode>(), new List<JsonNode>());
        for (var i = 0; i < cards; i++) made.Add(Card(i, lists, labels, members, fields, checklists, actions));
        var kept = actions.OrderByDescending(a => a["date"]!.GetValue<string>(), StringComparer.Ordinal).Take(1000).ToList();
        CommentsInFile = kept.Count(a => a["type"]!.GetValue<string>() == "commentCard");

        var board = Node(new
        {
            id = Board,
            nodeId = "ari:cloud:trello::board/workspace/68f048afb9cf5047f0813d29/" + Board,
            name = "Village fête 2026",
            desc = "Everything for the fête.",
            descData = (string?)null,
            closed = false,
            dateClosed = (string?)null,
            idOrganization = "68f048afb9cf5047f0813d29",
            idEnterprise = (string?)null,
            limits = new { },
            pinned = false,
            starred = true,
            url = "https://trello.com/b/BvwaAWq4/village-fete-2026",
            prefs = new { permissionLevel = "private", voting = "members", comments = "members", cardCovers = true, background = "blue" },
            shortLink = "BvwaAWq4",
            subscribed = false,
            labelNames = new { green = "Label 0", yellow = "" },
            powerUps = System.Array.Empty<string>(),
            dateLastActivity = Stamp(cards),
            shortUrl = "https://trello.com/b/BvwaAWq4",
            ixUpdate = "4711",
            enterpriseOwned = false,
            idMemberCreator = Text(members[0]),
            type = (string?)null,
        }).AsObject();
        board["actions"] = Array(kept);
        board["cards"] = Array(made);
        board["labels"] = Array(labels);
        board["lists"] = Array(lists);
        board["members"] = Array(members);
        board["checklists"] = Array(checklists);
        board["customFields"] = Array(fields);
        board["memberships"] = new JsonArray();
        board["pluginData"] = new JsonArray();
        return JsonSerializer.SerializeToUtf8Bytes(board);
    }

    private JsonNode Card(int i, List<JsonNode> lists, List<JsonNode> labels, List<JsonNode> members, List<JsonNode> fields, List<JsonNode> checklists, List<JsonNode> actions)
    {
        var id = Id(i * 3600);
        var closed = i % 40 == 7;
        var template = i % 200 == 11;
        var list = lists[i % 5];
        if (closed) Archived++;
        else if (template) Templates++;

        var idChecklists = new List<string>();
        for (var c = 0; c < (i % 4 == 0 ? 1 + (i % 8 == 0 ? 1 : 0) : 0); c++)
        {
            var checklist = Id(i);
            idChecklists.Add(checklist);
            var items = Enumerable.Range(0, 3 + (i % 5)).Select(n => new { idChecklist = checklist, state = n % 2 == 0 ? "complete" : "incomplete", id = Id(i), name = $"Step {n} of {i}", nameData = (string?)null, pos = 17000.0 - n, due = (string?)null, dueReminder = (int?)null, idMember = (string?)null }).ToArray();
            if (!closed && !template) CheckItems += items.Length;
            checklists.Add(Node(new { id = checklist, name = $"List {c}", idCard = id, pos = 16384.0 * (c + 1), idBoard = Board, limits = new { }, checkItems = items, creationMethod = (string?)null }));
        }

        var comments = i % 2 == 0 ? 3 : 0;
        CommentsMade += closed || template ? 0 : comments;
        for (var c = 0; c < comments; c++)
        {
            var member = members[(i + c) % members.Count];
            actions.Add(Node(new
            {
                id = Id(i),
                idMemberCreator = Text(member),
                data = new { idCard = id, text = $"Comment {c} on card {i}: a *word* or two 🌻", textData = new { emoji = new { } }, card = new { id, name = $"Card {i}", idShort = i + 1, shortLink = "abc" }, board = new { id = Board, name = "Village fête 2026" }, list = new { id = Text(list), name = "x" } },
                appCreator = (string?)null,
                type = "commentCard",
                date = Stamp((i * 60) + c),
                limits = new { reactions = new { } },
                memberCreator = new { id = Text(member), activityBlocked = false, fullName = member["fullName"]!.GetValue<string>(), username = member["username"]!.GetValue<string>() },
            }));
        }

        actions.Add(Node(new { id = Id(i), idMemberCreator = Text(members[0]), data = new { card = new { id, name = $"Card {i}" }, listBefore = new { name = "Ideas" }, listAfter = new { name = "To do" } }, type = "updateCard", date = Stamp(i * 60) }));
        var due = i % 3 == 0 ? Stamp(100_000 + (i * 60)) : null;
        return Node(new
        {
            id,
            address = (string?)null,
            badges = new { attachmentsByType = new { trello = new { board = 0, card = 0 } }, location = false, votes = 0, comments, attachments = i % 10 == 0 ? 1 : 0, checkItems = 0, checkItemsChecked = 0, description = true, due, dueComplete = false },
            checkItemStates = System.Array.Empty<string>(),
            closed,
            coordinates = (string?)null,
            creationMethod = (string?)null,
            dueComplete = i % 30 == 0 && due is not null,
            dateLastActivity = Stamp(i * 60),
            desc = i % 5 == 0 ? "" : $"What card {i} is about.\r\n\r\n- one\r\n- two",
            descData = new { emoji = new { } },
            due,
            dueReminder = due is null ? (int?)null : i % 6 == 0 ? 1440 : -1,
            email = (string?)null,
            idBoard = Board,
            idChecklists,
            idLabels = i % 2 == 0 ? new[] { Text(labels[i % labels.Count]) } : [],
            idList = Text(list),
            idMemberCreator = Text(members[0]),
            idMembers = i % 3 == 0 ? new[] { Text(members[i % members.Count]) } : [],
            idMembersVoted = System.Array.Empty<string>(),
            idShort = i + 1,
            idAttachmentCover = (string?)null,
            labels = System.Array.Empty<object>(),
            limits = new { attachments = new { perCard = new { status = "ok", disableAt = 1000, warnAt = 800 } } },
            locationName = (string?)null,
            manualCoverAttachment = false,
            name = $"Card {i}",
            pinned = false,
            pos = 65536.0 * (cards - i),
            shortLink = "pcocKQlk",
            shortUrl = "https://trello.com/c/pcocKQlk",
            start = (string?)null,
            subscribed = false,
            url = $"https://trello.com/c/pcocKQlk/{i}-card",
            cover = new { idAttachment = (string?)null, color = (string?)null, idUploadedBackground = (string?)null, size = "normal", brightness = "dark", yPosition = 0.5 },
            isTemplate = template,
            cardRole = (string?)null,
            attachments = i % 10 == 0 ? new[] { new { id = Id(i), bytes = (int?)1234, date = Stamp(i), isUpload = true, name = "plan.pdf", url = $"https://trello.com/1/cards/{id}/attachments/plan.pdf", pos = 16384, mimeType = "application/pdf" } } : [],
            pluginData = System.Array.Empty<object>(),
            customFieldItems = i % 20 == 0
                ? new object[] { new { id = Id(i), value = new { number = "12.5" }, idValue = (string?)null, idCustomField = Text(fields[0]), idModel = id, modelType = "card" }, new { id = Id(i), value = (object?)null, idValue = "opt1", idCustomField = Text(fields[1]), idModel = id, modelType = "card" }, new { id = Id(i), value = new { date = "2026-12-15T20:00:00.000Z" }, idValue = (string?)null, idCustomField = Text(fields[2]), idModel = id, modelType = "card" } }
                : [],
            stickers = System.Array.Empty<object>(),
        });
    }

    private string Id(int seconds) => string.Create(CultureInfo.InvariantCulture, $"{Begin.AddSeconds(seconds).ToUnixTimeSeconds():x8}{_random.Next():x8}{++_ids:x8}");

    private static string Stamp(int minutes) => Begin.AddMinutes(minutes).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static string Text(JsonNode node) => node["id"]!.GetValue<string>();

    private static JsonNode Node<T>(T value) => JsonSerializer.SerializeToNode(value)!;

    private static JsonArray Array(IEnumerable<JsonNode> nodes) => [.. nodes];
}
