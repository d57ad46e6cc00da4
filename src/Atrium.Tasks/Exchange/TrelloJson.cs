using System.Text.Json.Serialization;

namespace Atrium.Tasks;

/// <summary>The parts of Trello's board export that we read. All else in the file is passed over.</summary>
internal static class TrelloJson
{
    public sealed record Board(
        string? Id,
        string? Name,
        string? Desc,
        List<BoardList>? Lists,
        List<Card>? Cards,
        List<Checklist>? Checklists,
        List<BoardLabel>? Labels,
        List<Person>? Members,
        List<CustomField>? CustomFields,
        List<BoardAction>? Actions);

    public sealed record BoardList(string Id, string? Name, bool Closed, double Pos, int? SoftLimit);

    public sealed record Card(
        string Id,
        string? Name,
        string? Desc,
        bool Closed,
        string? IdList,
        double Pos,
        DateTimeOffset? Due,
        DateTimeOffset? Start,
        bool DueComplete,
        int? DueReminder,
        DateTimeOffset? DateLastActivity,
        DateTimeOffset? DateCompleted,
        List<string>? IdMembers,
        List<string>? IdLabels,
        List<string>? IdChecklists,
        List<string>? IdMembersVoted,
        bool IsTemplate,
        string? CardRole,
        string? ShortUrl,
        Badges? Badges,
        List<CardAttachment>? Attachments,
        List<CustomFieldItem>? CustomFieldItems,
        List<object>? Stickers,
        Cover? Cover,
        string? Address,
        string? LocationName);

    public sealed record Badges(int Comments, int Attachments, int CheckItems);

    public sealed record Cover(string? IdAttachment, string? Color, string? IdUploadedBackground);

    public sealed record CardAttachment(string? Id, string? Name, string? Url, bool IsUpload);

    public sealed record Checklist(string Id, string? IdCard, string? Name, double Pos, List<CheckItem>? CheckItems);

    public sealed record CheckItem(string? Id, string? Name, string? State, double Pos, DateTimeOffset? Due, string? IdMember);

    public sealed record BoardLabel(string Id, string? Name, string? Color);

    public sealed record Person(string Id, string? FullName, string? Username, string? Email);

    public sealed record CustomField(string Id, string? Name, string? Type, List<CustomOption>? Options);

    public sealed record CustomOption(string Id, CustomValue? Value);

    public sealed record CustomFieldItem(string? IdCustomField, string? IdValue, CustomValue? Value);

    public sealed record CustomValue(string? Text, string? Number, string? Date, string? Checked);

    public sealed record BoardAction(string Id, string? Type, DateTimeOffset Date, string? IdMemberCreator, ActionData? Data, Person? MemberCreator);

    public sealed record ActionData(string? Text, ActionCard? Card);

    public sealed record ActionCard(string? Id);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, AllowTrailingCommas = true)]
[JsonSerializable(typeof(TrelloJson.Board))]
internal sealed partial class TrelloJsonContext : JsonSerializerContext;
