namespace Atrium.Social.Tests;

/// <summary>How the host of an address is shown.</summary>
public sealed class HostNameTests
{
    [Theory]
    [InlineData("example.org", "example.org", false)]
    [InlineData("example.org:8443", "example.org:8443", false)]
    [InlineData("münchen.example", "münchen.example", false)]
    [InlineData("xn--mnchen-3ya.example", "münchen.example", false)]
    [InlineData("xn--mnchen-3ya.example:444", "münchen.example:444", false)]
    [InlineData("почта.example", "почта.example", false)]
    [InlineData("日本語とかな.example", "日本語とかな.example", false)]
    [InlineData("web小説.example", "web小説.example", false)]
    [InlineData("аpple.example", "xn--pple-43d.example", true)]
    [InlineData("xn--pple-43d.example", "xn--pple-43d.example", true)]
    [InlineData("ραypal.example", "xn--ypal-zld9g.example", true)]
    public void A_host_is_shown_in_its_own_script_unless_it_mixes_several(string host, string shown, bool mixed) => Assert.Equal((shown, mixed), HostName.Of(host));

    [Fact]
    public void A_link_to_a_name_of_mixed_scripts_shows_how_it_is_asked_for_and_warns()
    {
        var html = PostText.Render("https://аpple.example/buy and https://xn--mnchen-3ya.example/bier", TextFormat.Plain, new Dictionary<string, string>()).Html;
        Assert.Contains(">xn--pple-43d.example/buy<", html, StringComparison.Ordinal);
        Assert.Contains("title=\"This address mixes letters of several scripts\"", html, StringComparison.Ordinal);
        Assert.Contains(">m&#xFC;nchen.example/bier<", html.Replace("ü", "&#xFC;", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Single(html.Split("title=").Skip(1));
    }
}
