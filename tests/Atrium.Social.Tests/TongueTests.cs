using System.Net;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Atrium.Testing;

namespace Atrium.Social.Tests;

/// <summary>What apps are told in another tongue than English.</summary>
public sealed partial class TongueTests(SocialHouse house)
{
    // What Mastodon's routes never reach: pages, the house's own API, what is for servers and administrators.
    private static readonly string[] OwnOnly =
    [
        "Pages/", "Federation/", "Ownership/", "Drafts/", "Demo/", "Emoji/", "Data/Migrations/", "Announcements/AnnouncementDesk.cs", "Announcements/AnnouncementApi.cs", "Moderation/RememberAccount.cs", "Moderation/MemorialApi.cs",
    ];

    // Of the other projects: whatever these files say may be said to an app.
    private static readonly string[] Beside =
    [
        "Atrium.Accounts/Model/Handles.cs", "Atrium.Accounts/Model/Emails.cs", "Atrium.Accounts/Passwords/PasswordRules.cs", "Atrium.Accounts/SigningUp/SignUp.cs", "Atrium.Accounts/SigningUp/InvitationKeys.cs",
        "Atrium.Accounts/Doors/SignUpDoor.cs", "Atrium.Accounts/Profiles/Portraits.cs", "Atrium.Accounts/OAuth/Mastodon/RegisterClient.cs", "Atrium.Kernel/Http/LooseParameters.cs", "Atrium.Kernel/Http/CrossSiteMiddleware.cs",
        "Atrium.Kernel/Files/Pictures.cs", "Atrium.Kernel/Files/FileDesk.cs", "Atrium.Kernel/Files/FolderBlobStore.cs", "Atrium.Kernel/Search/SearchExpression.cs",
    ];

    // No app can send what these are about.
    private static readonly string[] Unsaid =
    [
        "That language is not known, such as en or de.", "That way of writing numbers is not known, such as en-GB or de-DE.", "That time zone is not known, such as Europe/Berlin.", "Send If-Match with the revision you edited.",
    ];

    [Fact]
    public void Every_sentence_that_an_app_can_be_told_has_its_counterpart_in_every_tongue()
    {
        var told = Told().Except(Unsaid).ToHashSet();
        Assert.True(told.Count > 120, $"Only {told.Count} sentences were found.");
        Assert.Contains("de", Tongue.Others);
        foreach (var tongue in Tongue.Others.Select(c => Tongue.Named(c)!))
        {
            Assert.Equal([], told.Except(tongue.Sentences.Keys).Order());
            foreach (var (english, own) in tongue.Sentences) Assert.Equal((english, Holes(english)), (english, Holes(own)));
        }
    }

    [Fact]
    public void A_sentence_that_the_code_does_not_say_stands_in_no_table()
    {
        var said = Told().Concat(In("Atrium.Social/Mastodon/SignUpRoutes.cs", s => Sentences.In(s))).ToHashSet();
        string[] made = ["Validation failed: {0}", "1 minute", "1 day", "{0} minutes", "{0} days", "{0} bytes", "{0} KB", "{0} MB", "{0} GB"];
        foreach (var tongue in Tongue.Others.Select(c => Tongue.Named(c)!))
            Assert.Equal([], tongue.Sentences.Keys.Except(said).Except(made).Where(k => !Field().IsMatch(k)).Order());
    }

    [Theory]
    [InlineData("", "", "en")]
    [InlineData("?lang=de", "", "de")]
    [InlineData("?lang=de-AT", "en", "de")]
    [InlineData("?lang=en", "de", "en")]
    [InlineData("?lang=xx", "de", "de")]
    [InlineData("", "de-CH, en;q=0.5", "de")]
    [InlineData("", "en;q=0.5, de;q=0.8", "de")]
    [InlineData("", "fr, en;q=0.9, de;q=0.8", "en")]
    [InlineData("", "fr, de;q=0.1", "de")]
    [InlineData("", "de;q=0, *", "en")]
    [InlineData("", "nonsense;;q=x", "en")]
    public async Task A_refusal_is_in_the_tongue_that_was_asked_for(string query, string accepted, string tongue)
    {
        var ada = await house.PersonAsync("ada");
        var refused = (await ada.GetAsync("/api/v1/statuses/1" + query, ("Accept-Language", accepted))).Is(HttpStatusCode.NotFound);
        Assert.Equal(tongue == "de" ? "Nicht gefunden" : "Record not found", refused["error"]);
        Assert.Equal(tongue, refused.Headers["Content-Language"]);
        Assert.Contains("Accept-Language", refused.Headers["Vary"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refusals_are_german_down_to_the_numbers_that_stand_in_them()
    {
        var ada = await house.PersonAsync("ada");
        Assert.Equal("Nicht angenommen: Der Text fehlt", await ErrorAsync(ada, "/api/v1/statuses", new { status = "" }));
        Assert.Equal("Nicht angenommen: Der Beitrag ist zu lang: höchstens 5000 Zeichen", await ErrorAsync(ada, "/api/v1/statuses", new { status = new string('a', 5001) }));
        Assert.Equal("Nicht angenommen: Mögliche Dauer einer Umfrage: 5 Minuten bis 31 Tage", await ErrorAsync(ada, "/api/v1/statuses", new { status = "?", poll = new { options = (string[])["a", "b"], expires_in = 1 } }));
        Assert.Equal("Nicht angenommen: for_not_following: diesen Wert gibt es nicht", (await ada.PatchAsync("/api/v2/notifications/policy?lang=de", new { for_not_following = "maybe" })).Is(HttpStatusCode.UnprocessableEntity)["error"]);
        // The parameter may stand in the body as well.
        Assert.Equal("Nicht angenommen: Der Text fehlt", (await ada.PostAsync("/api/v1/statuses", new { status = "", lang = "de" })).Is(HttpStatusCode.UnprocessableEntity)["error"]);
        Assert.Equal("Das Zugriffstoken ist ungültig", (await house.Stranger().GetAsync("/api/v1/timelines/home?lang=de")).Is(HttpStatusCode.Unauthorized)["error"]);
        Assert.Equal("Diesen Kanal gibt es nicht", (await ada.GetAsync("/api/v1/streaming/nonsense?lang=de")).Is(HttpStatusCode.BadRequest)["error"]);
        Assert.Equal("Diese Aktion liegt außerhalb der erteilten Berechtigungen", (await ada.With("read").PostAsync("/api/v1/statuses?lang=de", new { status = "x" })).Is(HttpStatusCode.Forbidden)["error"]);
        Assert.Equal("Nicht angenommen: Der Name der App fehlt", await ErrorAsync(ada, "/api/v1/apps", new { client_name = "" }));
    }

    [Fact]
    public void What_is_put_into_a_sentence_is_written_as_the_tongue_writes_it()
    {
        var german = Tongue.Named("de")!;
        Assert.Equal("Dieses Bild hat 1.000,5 Megapixel; höchstens 33,2 sind möglich.", german.Say("This picture has 1,000.5 megapixels; up to 33.2 are taken."));
        Assert.Equal("Nicht angenommen: Die Datei ist zu groß: höchstens 16,5 MB", german.Say("Validation failed: File must be less than 16.5 MB"));
        Assert.Equal("Nobody wrote this one.", german.Say("Nobody wrote this one."));
    }

    private static async Task<string> ErrorAsync(Person person, string path, object body) =>
        (await person.PostAsync(path, body, ("Accept-Language", "de"))).Is(HttpStatusCode.UnprocessableEntity)["error"];

    private static string Holes(string sentence) => string.Join(' ', Hole().Matches(sentence).Select(m => m.Value).Distinct().Order());

    private static IEnumerable<string> Told()
    {
        var root = Root();
        var social = Path.Combine(root, "Atrium.Social");
        var files = Directory.EnumerateFiles(social, "*.cs", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(social, f).Replace('\\', '/'))
            .Where(f => !f.StartsWith("obj/", StringComparison.Ordinal) && !f.StartsWith("bin/", StringComparison.Ordinal) && !OwnOnly.Any(o => f.StartsWith(o, StringComparison.Ordinal)));
        foreach (var file in files)
            foreach (var sentence in In("Atrium.Social/" + file, s => Sentences.InCalls(s, "Refusal.Invalid", "Refusal.Forbidden", "Refusal.NotFound", "Refusal.SignIn", "Refusal.Conflict", "Refusal.Unavailable", "Refusal.Gone", "Refusal.TooLarge", "new BadMedia", "Faults(", "Refuse(http", "(null,"))) yield return sentence;
        foreach (var file in Beside)
            foreach (var sentence in In(file, s => Sentences.InCalls(s, "Refusal.", "FieldError", "new(", "throw Refusal"))) yield return sentence;
        foreach (var sentence in In("Atrium.Social/Mastodon/MastodonTongue.cs", s => Sentences.In(s[s.IndexOf("string Words(AccountState", StringComparison.Ordinal)..]))) if (!sentence.StartsWith("Validation failed: ", StringComparison.Ordinal)) yield return sentence;
        foreach (var sentence in In("Atrium.Kernel/Http/Refusal.cs", Sentences.In).Concat(In("Atrium.Kernel/Http/RefusalMiddleware.cs", s => Sentences.InCalls(s, "=> Refusal.")))) yield return sentence;
        foreach (var sentence in In("Atrium.Accounts/Profiles/ProfileRules.cs", s => Sentences.InCalls(s, "new("))) yield return sentence;
    }

    private static IEnumerable<string> In(string file, Func<string, IEnumerable<string>> read) => read(File.ReadAllText(Path.Combine(Root(), file)));

    [GeneratedRegex(@"^[A-Z][a-z ]+: \{0\}$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Field();

    [GeneratedRegex(@"\{[0-9]\}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Hole();

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../src"));
}
