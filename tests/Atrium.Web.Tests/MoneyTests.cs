using Atrium.Kernel;

namespace Atrium.Web.Tests;

public sealed class MoneyTests
{
    [Theory]
    [InlineData(1250, "EUR", "en", "€12.50")]
    [InlineData(-29, "EUR", "en", "-€0.29")]
    [InlineData(123456, "EUR", "de-DE", "1.234,56 €")]
    [InlineData(1200, "JPY", "en", "¥1,200")]
    [InlineData(1234, "TND", "en", "TND 1.234")]
    [InlineData(4500, "CHF", "en", "CHF 45.00")]
    public async Task Money_follows_culture_and_currency(long minor, string currency, string culture, string said)
    {
        var page = await Rendered.As<MoneyText>(new { Of = new Money(minor, currency) }, culture);
        Assert.Equal(said, page.QuerySelector("span")!.TextContent.Replace('\u00a0', ' ').Replace('−', '-'));
    }
}
