namespace Atrium.Social.Tests;

/// <summary>How the host of an address is shown.</summary>
public sealed class HostNameTests
{
    [Fact]
    public void A_link_to_a_name_of_mixed_scripts_shows_how_it_is_asked_for_and_warns()
    {
        var html = PostText.Render("https://аpple.example/buy and https://xn--mnchen-3ya.example/bier", TextFormat.Plain, new Dictionary<string, string>()).Html;
        Assert.Contains(">xn--pple-43d.example/buy<", html, StringComparison.Ordinal);
        Assert.Contains("title=\"This address mixes letters of several scripts\"", html, StringComparison.Ordinal);
        Assert.Contains(">m&#xFC;nchen.example/bier<", html.Replace("ü", "&#xFC;", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Single(html.Split("title=").Skip(1));
    }

    [Fact]
    public void In_Markdown_it_is_the_same()
    {
        var html = PostText.Render("See https://аpple.example/buy or [аpple.example](https://аpple.example) or https://xn--mnchen-3ya.example/bier", TextFormat.Markdown, new Dictionary<string, string>()).Html;
        Assert.Contains(">https://xn--pple-43d.example/buy<", html, StringComparison.Ordinal);
        Assert.Contains(">xn--pple-43d.example<", html, StringComparison.Ordinal);
        Assert.Contains(">https://münchen.example/bier<", html, StringComparison.Ordinal);
        Assert.Equal(2, html.Split("title=\"This address mixes letters of several scripts\"").Length - 1);
    }

    [Theory]
    [InlineData("ada", "@ada")]
    [InlineData("ada@xn--pple-43d.example", "@ada@xn--pple-43d.example")]
    [InlineData("ada@xn--mnchen-3ya.example", "@ada@münchen.example")]
    public void A_name_from_elsewhere_shows_its_server_the_same_way(string acct, string shown) => Assert.Equal(shown, PersonModel.HandleOf(acct));
}
