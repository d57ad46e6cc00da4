using Atrium.Contracts.Home;
using Atrium.Kernel;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

internal sealed record ReportEntity(
    string Id, bool ActionTaken, DateTimeOffset? ActionTakenAt, string Category, string Comment, bool Forwarded, DateTimeOffset CreatedAt, IReadOnlyList<string> StatusIds,
    IReadOnlyList<string> RuleIds, IReadOnlyList<string> CollectionIds, AccountEntity TargetAccount)
{
    public static ReportEntity Of(FiledReport report, AccountEntity target) => new(
        report.Id.ToString(), false, null, report.Category, report.Comment, report.Forwarded, report.CreatedAt, [.. report.StatusIds.Select(p => p.ToString(System.Globalization.CultureInfo.InvariantCulture))],
        report.RuleIds, [], target);
}

/// <summary>Editing one's account; reports.</summary>
internal static class CredentialRoutes
{
    public static void Map(RouteGroupBuilder api)
    {
        api.Mine("PATCH", "v1/accounts/update_credentials", "updateCredentials", "Edits your account", "write:accounts", EditAsync);
        foreach (var (picture, header) in (ReadOnlySpan<(string, bool)>)[("avatar", false), ("header", true)])
            api.Mine("DELETE", "v1/profile/" + picture, "deleteProfile" + picture, "Takes your picture away", "write:accounts", async (Wire wire, EditAccount edit, AccountReader reader, CancellationToken ct) =>
            {
                await edit.RemovePictureAsync(header, wire.Viewer, ct);
                return Wire.Json(await reader.MineAsync(wire.Viewer, ct));
            });
        api.Mine("POST", "v1/reports", "report", "Reports somebody to the moderators", "write:reports", ReportAsync);
    }

    private static async Task<IResult> EditAsync(Wire wire, EditAccount edit, AccountReader reader, CancellationToken ct)
    {
        var (sent, source) = (wire.Sent, wire.Sent.Part("source"));
        await edit.HandleAsync(
            new(
                sent.Text("display_name"), sent.Text("note"), Fields(sent), sent.Switch("locked"), sent.Switch("bot"), sent.Switch("discoverable"), sent.Switch("indexable"), sent.Switch("hide_collections"),
                NewStatusReader.Visibility(source?.Text("privacy")), source?.Switch("sensitive"), Languages.Short(source?.Text("language")), NewStatusReader.Policy(source?.Text("quote_policy")),
                sent.Text("avatar_description"), sent.Text("header_description"), sent.Files?.GetFile("avatar"), sent.Files?.GetFile("header")),
            wire.Viewer, ct);
        return Wire.Json(await reader.MineAsync(wire.Viewer, ct));
    }

    private static List<KeyValuePair<string, string>>? Fields(LooseParameters sent) => !sent.Has("fields_attributes") ? null
        : [.. sent.Parts("fields_attributes").Select(f => KeyValuePair.Create(f.Text("name")?.Trim() ?? "", f.Text("value")?.Trim() ?? "")).Where(f => f.Key.Length > 0 && f.Value.Length > 0)];

    private static async Task<IResult> ReportAsync(Wire wire, FileReport file, AccountReader accounts, EntityWriter write, CancellationToken ct)
    {
        var sent = wire.Sent;
        var target = await accounts.OneAsync(wire.SentId<Account>("account_id") ?? throw Wire.NotFound(), ct);
        var report = await file.HandleAsync(
            target.Account.Id, new([.. wire.SentIds<Status>("status_ids")], sent.Text("category"), sent.Text("comment"), [.. sent.List("rule_ids")], sent.Switch("forward") == true), wire.Viewer, ct);
        return Wire.Json(ReportEntity.Of(report, write.Account(target)));
    }
}
