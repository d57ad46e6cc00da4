using Atrium.Kernel;
using Atrium.Kernel.Http;
using Atrium.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Social;

/// <summary><c>/social/settings</c>: how one is shown, how one posts, and whose notifications one wants.</summary>
internal static class SettingsPages
{
    public static void Map(RouteGroupBuilder pages)
    {
        pages.MapGet("/social/settings", (PageCall call, AccountReader accounts, EntityWriter write, PostShow show, CancellationToken ct) => ShowAsync(FormState.Fresh, call, accounts, write, show, ct));
        pages.MapPost("/social/settings", SaveAsync).Rate(RateClass.Write);
        pages.MapGet("/social/settings/notifications", (PageCall call, NoticePolicyDesk desk, CancellationToken ct) => NoticesAsync(FormState.Fresh, call, desk, ct));
        pages.MapPost("/social/settings/notifications", SaveNoticesAsync).Rate(RateClass.Write);
    }

    private static async Task<IResult> ShowAsync(FormState state, PageCall call, AccountReader accounts, EntityWriter write, PostShow show, CancellationToken ct)
    {
        var viewer = await call.ViewerAsync(ct);
        var row = await accounts.OneAsync(viewer.Demand(), ct);
        var entity = write.Account(row);
        var header = call.Local(entity.Header);
        return call.Page<Pages.SettingsPage>(new
        {
            Model = new SettingsModel(row.Account, (await show.PeopleAsync([entity], ct))[0])
            {
                Header = header == EntityWriter.NoHeader ? null : header, Fields = [.. entity.Fields.Select(f => (f.Name, call.Local(SafeHtml.Trusted(f.Value)), f.VerifiedAt))],
                Languages = ComposerDesk.LanguagesWith(row.Account.DefaultLanguage),
            },
            State = state,
        });
    }

    private static Task<IResult> SaveAsync(PageCall call, EditAccount edit, AccountReader accounts, EntityWriter write, PostShow show, CancellationToken ct) => call.SendAsync(
        async form =>
        {
            await edit.HandleAsync(
                new(
                    null, null, null, form.Ticked("locked"), form.Ticked("bot"), form.Ticked("discoverable"), form.Ticked("indexable"), form.Ticked("hide_collections"),
                    Chosen<Visibility>(form, "visibility"), form.Ticked("sensitive"), Languages.Short(form.Said("language")), Chosen<QuotePolicy>(form, "quotes"),
                    form.Text("avatar_description").Trim(), form.Text("header_description").Trim(), null, null),
                await call.ViewerAsync(ct), ct);
            return "/social/settings";
        },
        (state, _) => ShowAsync(state, call, accounts, write, show, ct));

    private static async Task<IResult> NoticesAsync(FormState state, PageCall call, NoticePolicyDesk desk, CancellationToken ct) =>
        call.Page<Pages.NoticeSettingsPage>(new { Model = new NoticeSettingsModel(await desk.ReadAsync(await call.ViewerAsync(ct), ct)), State = state });

    private static Task<IResult> SaveNoticesAsync(PageCall call, NoticePolicyDesk desk, CancellationToken ct) => call.SendAsync(
        async form =>
        {
            NoticeRule? Rule(string name) => Chosen<NoticeRule>(form, name);
            await desk.EditAsync(new(Rule("not_following"), Rule("not_followers"), Rule("new_accounts"), Rule("private_mentions"), Rule("limited_accounts")), await call.ViewerAsync(ct), ct);
            return "/social/settings/notifications";
        },
        (state, _) => NoticesAsync(state, call, desk, ct));

    private static T? Chosen<T>(IFormCollection form, string name) where T : struct, Enum =>
        Enum.TryParse<T>(form.Text(name), ignoreCase: true, out var known) && Enum.IsDefined(known) && !int.TryParse(form.Text(name), out _) ? known
            : throw Refusal.Invalid(name, "Choose one of those offered.", "unknown");
}

/// <summary>How a member is shown, and how they post.</summary>
public sealed class SettingsModel
{
    internal SettingsModel(Account account, PersonModel person) => (Account, Person) = (account, person);

    internal Account Account { get; }

    internal PersonModel Person { get; }

    internal string? Header { get; init; }

    internal IReadOnlyList<(string Name, SafeHtml Value, DateTimeOffset? VerifiedAt)> Fields { get; init; } = [];

    internal IReadOnlyList<Option> Languages { get; init; } = [];
}

/// <summary>Whose notifications a member wants.</summary>
public sealed class NoticeSettingsModel
{
    internal NoticeSettingsModel(NoticePolicy policy) => Policy = policy;

    internal NoticePolicy Policy { get; }
}
