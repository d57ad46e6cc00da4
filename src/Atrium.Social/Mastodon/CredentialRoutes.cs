using Atrium.Contracts.Home;
using Atrium.Kernel;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

internal sealed record ReportEntity(
    string Id, bool ActionTaken, DateTimeOffset? ActionTakenAt, string Category, string Comment, bool Forwarded, DateTimeOffset CreatedAt, IReadOnlyList<string> StatusIds,
    IReadOnlyList<string> RuleIds, IReadOnlyList<string> CollectionIds, AccountEntity TargetAccount);

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

    private static async Task<IResult> ReportAsync(Wire wire, SocialDb db, IModeration moderation, AccountReader accounts, Brakes brakes, HouseRules rules, EntityWriter write, CancellationToken ct)
    {
        var (sent, me) = (wire.Sent, wire.Me);
        var target = await accounts.OneAsync(wire.SentId<Account>("account_id") ?? throw Wire.NotFound(), ct);
        var ids = wire.SentIds<Status>("status_ids");
        var posts = await db.Statuses.VisibleTo(wire.Viewer, db).Where(s => ids.Contains(s.Id) && s.AccountId == target.Account.Id).Select(s => s.Id).ToListAsync(ct);
        var category = sent.Text("category") ?? (sent.List("rule_ids").Count > 0 ? "violation" : "other");
        var known = category switch { "spam" => "spam", "legal" => "illegal", "violation" => "harmful", "other" => "other", _ => throw Refusal.Invalid("category", "Category is not included in the list") };
        var comment = sent.Text("comment") ?? "";
        if (comment.Length > 1000) throw Refusal.Invalid("comment", "Comment is too long (maximum is 1000 characters)", "too_long");
        await brakes.TakeAsync(Brake.Reports, wire.Viewer, ct);
        var broken = (await rules.AllAsync(ct)).Where(r => sent.List("rule_ids").Contains(r.Id)).ToList();
        var words = broken.Count == 0 ? comment : $"{comment}\nAgainst: {string.Join("; ", broken.Select(r => r.Text))}".Trim();
        foreach (var post in posts) await moderation.ReportAsync(Thing.Of("status", post), known, words, wire.Actor, ct);
        if (posts.Count == 0) await moderation.ReportAsync(Thing.Of("account", target.Account.Id), known, words, wire.Actor, ct);
        var report = new FiledReport
        {
            AccountId = me, TargetId = target.Account.Id, Category = category, Comment = comment, StatusIds = [.. posts.Select(p => p.Value)], RuleIds = [.. broken.Select(r => r.Id)], CreatedAt = db.Now,
        };
        db.Reports.Add(report);
        await db.SaveChangesAsync(ct);
        return Wire.Json(new ReportEntity(
            report.Id.ToString(), false, null, category, comment, false, report.CreatedAt, [.. posts.Select(p => p.ToString())], report.RuleIds, [], write.Account(target)));
    }
}
