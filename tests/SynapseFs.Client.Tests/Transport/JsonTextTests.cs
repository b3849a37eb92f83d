using System.Text;
using SynapseFs.Client.Transport;

namespace SynapseFs.Client.Tests.Transport;

internal sealed class JsonTextTests
{
    private const string Text = """{"id":"syn1","names":["Grüße",null,-1.5e3,true],"none":{}} """;

    [Test]
    public void A_text_cut_anywhere_is_not_whole()
    {
        var bytes = Encoding.UTF8.GetBytes(Text.TrimEnd());

        Assert.That(JsonText.IsWhole(bytes), Is.True);
        Assert.That(JsonText.IsWhole(Encoding.UTF8.GetBytes(Text)), Is.True, "A blank may follow.");
        Assert.That(Enumerable.Range(0, bytes.Length).Where(length => JsonText.IsWhole(bytes.AsSpan(0, length))), Is.Empty);
    }

    [Test]
    public void A_text_with_any_byte_inverted_is_not_whole()
    {
        var bytes = Encoding.UTF8.GetBytes(Text.TrimEnd());

        Assert.That(Enumerable.Range(0, bytes.Length).Where(index => JsonText.IsWhole(Inverted(bytes, index))), Is.Empty);
    }

    [TestCase("{}{}")]
    [TestCase("{} x")]
    [TestCase("<html>")]
    public void Something_else_or_something_more_is_not_whole(string text) =>
        Assert.That(JsonText.IsWhole(Encoding.UTF8.GetBytes(text)), Is.False);

    private static byte[] Inverted(byte[] bytes, int index)
    {
        byte[] wrong = [.. bytes];
        wrong[index] ^= 0xFF;
        return wrong;
    }
}
