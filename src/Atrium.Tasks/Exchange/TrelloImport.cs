using System.Globalization;
using System.Text;
using System.Text.Json;
using NodaTime;

namespace Atrium.Tasks;

/// <summary>Reads a Trello board as Trello exports it (Board menu → Export as JSON).</summary>
internal static class TrelloImport
{
    /// <summary>Trello puts only the last so many actions into the file.</summary>
    private const int ActionsInFile = 1000;

    /// <param name="json">The file.</param>
    /// <param name="zone">In which Trello's instants become wall times.</param>
    /// <exception cref="Kernel.Refusal"><c>import_format</c>, <c>too_large</c>.</exception>
    public static ImportPlan Plan(ReadOnlySpan<byte> json, DateTimeZone zone)
    {
        PlanBuilder.DemandSize(json.Length);
        var board = Read(json);
        var plan = new PlanBuilder("trello", board.Name ?? "Trello board");
        var lists = (board.Lists ?? []).OrderBy(l => l.Pos).ToList();
        foreach (var list in lists.Where(l => !l.Closed)) plan.Column(list.Id, list.Name ?? "List", StatusWords.CategoryOf(list.Name ?? ""), list.SoftLimit);
        foreach (var label in board.Labels ?? []) plan.Label(label.Id, string.IsNullOrWhiteSpace(label.Name) ? Words(label.Color) : label.Name, ColorOf(label.Color));
        foreach (var person in (board.Members ?? []).Concat((board.Actions ?? []).Select(a => a.MemberCreator).OfType<TrelloJson.Person>()))
            plan.Person(new(person.Id, person.FullName ?? person.Username ?? "Unknown", person.Username, person.Email));

        var cards = new Cards(board, plan, zone, lists.Where(l => l.Closed).Select(l => l.Id).ToHashSet(StringComparer.Ordinal));
        foreach (var card in (board.Cards ?? []).OrderBy(c => lists.FindIndex(l => l.Id == c.IdList)).ThenBy(c => c.Pos)) cards.Add(card);
        cards.Conclude();
        return plan.Build();
    }

    private static TrelloJson.Board Read(ReadOnlySpan<byte> json)
    {
        if (json.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF])) json = json[3..];
        try
        {
            var board = JsonSerializer.Deserialize(json, TrelloJsonContext.Default.Board);
            return board is { Lists: not null, Cards: not null } ? board : throw PlanBuilder.Unreadable("This is no Trello board: lists and cards are missing.");
        }
        catch (JsonException e)
        {
            throw PlanBuilder.Unreadable($"This is no Trello board: line {(e.LineNumber ?? 0) + 1} cannot be read ({e.Path}).");
        }
    }

    private static string Words(string? color) => color is null ? "Label" : CultureInfo.InvariantCulture.TextInfo.ToTitleCase(color.Split('_')[0]);

    private static string? ColorOf(string? color) => color?.Split('_')[0] switch
    {
        "green" => "#4d7c0f",
        "yellow" => "#a16207",
        "orange" => "#b45309",
        "red" => "#b91c1c",
        "purple" => "#7e22ce",
        "blue" => "#0369a1",
        "sky" => "#0d9488",
        "lime" => "#65a30d",
        "pink" => "#be185d",
        "black" => "#475569",
        _ => null,
    };

    private sealed class Cards
    {
        private readonly PlanBuilder _plan;
        private readonly DateTimeZone _zone;
        private readonly HashSet<string> _closedLists;
        private readonly Dictionary<string, TrelloJson.Checklist> _checklists;
        private readonly Dictionary<string, TrelloJson.CustomField> _fields;
        private readonly ILookup<string, TrelloJson.BoardAction> _comments;
        private readonly int _actions;
        private int _missingComments;

        public Cards(TrelloJson.Board board, PlanBuilder plan, DateTimeZone zone, HashSet<string> closedLists)
        {
            (_plan, _zone, _closedLists) = (plan, zone, closedLists);
            _checklists = (board.Checklists ?? []).DistinctBy(c => c.Id).ToDictionary(c => c.Id, StringComparer.Ordinal);
            _fields = (board.CustomFields ?? []).DistinctBy(f => f.Id).ToDictionary(f => f.Id, StringComparer.Ordinal);
            _actions = board.Actions?.Count ?? 0;
            _comments = (board.Actions ?? []).Where(a => a.Type is "commentCard" or "copyCommentCard" && a.Data?.Card?.Id is not null && !string.IsNullOrWhiteSpace(a.Data.Text))
                .ToLookup(a => a.Data!.Card!.Id!, StringComparer.Ordinal);
        }

        public void Add(TrelloJson.Card card)
        {
            var name = card.Name ?? "";
            if (SkipReason(card) is { } reason)
            {
                _plan.Report.Skipped(card.Id, name, reason);
                return;
            }

            var column = card.IdList!;
            var done = _plan.CategoryOf(column) == Category.Done;
            if (card.DueComplete && !done)
            {
                _plan.Report.Lost(card.Id, Field.Column, "Marked complete in Trello, so it goes to the done column and leaves its list.");
                (column, done) = (_plan.ColumnOf(Category.Done), true);
            }

            var comments = Comments(card);
            Losses(card);
            _plan.Task(new(card.Id, name, column)
            {
                Description = Description(card),
                LabelIds = card.IdLabels ?? [],
                AssigneeIds = [.. (card.IdMembers ?? []).Select(Known)],
                Start = WhenOf(card.Start),
                Due = WhenOf(card.Due),
                CreatedAt = MadeAt(card.Id),
                CompletedAt = done ? card.DateCompleted ?? card.DateLastActivity : null,
                Checklist = Checklist(card),
                Reminders = card is { Due: not null, DueReminder: >= 0 and < 500_000 } ? [new(ReminderAnchor.Due, null, -60 * card.DueReminder.Value)] : [],
                Comments = comments,
            });
        }

        public void Conclude()
        {
            if (_missingComments > 0)
            {
                var why = _actions >= ActionsInFile ? $"Trello exports only the last {ActionsInFile:N0} actions of a board." : "Trello left them out of the file.";
                _plan.Report.Note("comments", $"{_missingComments:N0} comments are not in the file. {why}");
            }
        }

        private string? SkipReason(TrelloJson.Card card) => card switch
        {
            { Closed: true } => "Archived in Trello.",
            { IsTemplate: true } => "A card template.",
            { CardRole: "separator" } => "A separator, not a card.",
            { IdList: null } => "It is in no list.",
            _ when _closedLists.Contains(card.IdList) => "Its list is archived in Trello.",
            _ when !_plan.HasColumn(card.IdList) => "Its list is not in the file.",
            _ => null,
        };

        private List<PlannedComment> Comments(TrelloJson.Card card)
        {
            var found = _comments[card.Id].OrderBy(a => a.Date)
                .Select(a => new PlannedComment(a.Id, a.IdMemberCreator, a.MemberCreator?.FullName ?? _plan.FindPerson(a.IdMemberCreator ?? "")?.Name ?? "Unknown", a.Date, a.Data!.Text!))
                .ToList();
            var missing = Math.Max(0, (card.Badges?.Comments ?? 0) - found.Count);
            if (missing == 0) return found;
            _missingComments += missing;
            _plan.Report.Lost(card.Id, "comments", $"{missing} of {missing + found.Count} comments are not in the file.");
            return found;
        }

        private void Losses(TrelloJson.Card card)
        {
            if (card.Attachments?.Count(a => a.IsUpload) is > 0 and var files) _plan.Report.Lost(card.Id, Field.Files, $"{files} files stay at Trello; the description links to them.");
            if (card.Cover is { } cover && (cover.IdAttachment ?? cover.Color ?? cover.IdUploadedBackground) is not null) _plan.Report.Lost(card.Id, Field.Cover, "The cover stays at Trello.");
            if (card.IdMembersVoted is { Count: > 0 } votes) _plan.Report.Lost(card.Id, "votes", $"{votes.Count} votes.");
            if (card.Stickers is { Count: > 0 } stickers) _plan.Report.Lost(card.Id, "stickers", $"{stickers.Count} stickers.");
            if (card.CustomFieldItems is { Count: > 0 } values) _plan.Report.Lost(card.Id, "custom_fields", $"{values.Count} values kept as lines of the description.");
            if (card.LocationName is not null || card.Address is not null) _plan.Report.Lost(card.Id, "location", "Kept as a line of the description.");
        }

        private string Description(TrelloJson.Card card)
        {
            var text = new StringBuilder(card.Desc ?? "");
            var extra = new List<string>();
            foreach (var item in card.CustomFieldItems ?? [])
                if (item.IdCustomField is { } id && _fields.TryGetValue(id, out var field) && ValueOf(item, field) is { } value)
                    extra.Add($"**{field.Name}:** {value}");
            if ((card.LocationName ?? card.Address) is { } place) extra.Add($"**Location:** {place}");
            foreach (var file in (card.Attachments ?? []).Where(a => a.Url is not null)) extra.Add($"- [{(file.Name ?? file.Url!).Replace(']', ')')}]({file.Url})");
            if (extra.Count > 0) text.Append(text.Length > 0 ? "\n\n" : "").AppendJoin("  \n", extra);
            return text.ToString();
        }

        private string? ValueOf(TrelloJson.CustomFieldItem item, TrelloJson.CustomField field)
        {
            if (item.IdValue is not null) return field.Options?.Find(o => o.Id == item.IdValue)?.Value?.Text;
            if (item.Value?.Checked is { } tick) return tick == "true" ? "yes" : "no";
            if (item.Value?.Date is { } date)
                return DateTimeOffset.TryParse(date, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
                    ? Instant.FromDateTimeOffset(at).InZone(_zone).ToString("uuuu-MM-dd HH:mm", CultureInfo.InvariantCulture)
                    : date;
            return item.Value?.Text ?? item.Value?.Number;
        }

        private List<PlannedItem> Checklist(TrelloJson.Card card)
        {
            var lists = (card.IdChecklists ?? []).Select(id => _checklists.GetValueOrDefault(id)).OfType<TrelloJson.Checklist>().OrderBy(c => c.Pos).ToList();
            var items = new List<PlannedItem>();
            foreach (var list in lists)
            {
                foreach (var item in (list.CheckItems ?? []).OrderBy(i => i.Pos))
                {
                    items.Add(new((lists.Count > 1 ? $"{list.Name}: " : "") + item.Name, item.State == "complete"));
                    if (item.Due is not null || item.IdMember is not null) _plan.Report.Lost(card.Id, Field.Checklist, $"“{item.Name}” has a due date or a person of its own.");
                }
            }

            return items;
        }

        private string Known(string id)
        {
            if (_plan.FindPerson(id) is null) _plan.Person(new(id, "someone who left the board"));
            return id;
        }

        private When? WhenOf(DateTimeOffset? at) => at is { } instant ? When.Zoned(Instant.FromDateTimeOffset(instant).InZone(_zone).LocalDateTime, _zone.Id) : null;

        /// <summary>A Trello id begins with the second it was made.</summary>
        private static DateTimeOffset? MadeAt(string id) =>
            id.Length == 24 && long.TryParse(id.AsSpan(0, 8), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var seconds) ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;
    }
}
