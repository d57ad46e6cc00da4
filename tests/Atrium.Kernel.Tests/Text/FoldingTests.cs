using Atrium.Kernel.Text;
using CsCheck;

namespace Atrium.Kernel.Tests.Text;

public sealed class FoldingTests
{
    [Theory]
    [InlineData("Crème BRÛLÉE", "creme brulee")]
    [InlineData("Straße STRASSE ẞ", "strasse strasse ss")]
    [InlineData("Łódź Ørsted Æsir ĐURO", "lodz orsted aesir duro")]
    [InlineData("İstanbul ılık", "istanbul ilik")]
    [InlineData("Ελλάς ΕΛΛΑΣ", "ελλασ ελλασ")]
    [InlineData("ёлка Й", "елка и")]
    [InlineData("ｆｕｌｌ ﬁn", "full fin")]
    [InlineData("がぎぐ 한국어 हिन्दी", "がぎぐ 한국어 हिन्दी")]
    [InlineData("שָׁלוֹם مُحَمَّد", "שלום محمد")]
    [InlineData("e\u0301t\u00E9", "ete")]
    public void Folds(string written, string folded) => Assert.Equal(folded, Folding.Fold(written));

    [Fact]
    public void Folding_twice_changes_nothing() => Gen.String.Sample(text => Folding.Fold(Folding.Fold(text)) == Folding.Fold(text));

    [Fact]
    public void A_half_character_does_no_harm() => Assert.Equal("a\uFFFDb", Folding.Fold("A\uD800B"));
}
