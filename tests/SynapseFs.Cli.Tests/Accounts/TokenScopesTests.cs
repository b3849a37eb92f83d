using System.Buffers.Text;
using System.Text;
using SynapseFs.Cli.Accounts;

namespace SynapseFs.Cli.Tests.Accounts;

internal sealed class TokenScopesTests
{
    [TestCase("\"view\",\"download\",\"modify\"", true, "")]
    [TestCase("\"view\",\"download\"", false, "")]
    [TestCase("\"view\",\"modify\"", true, "download")]
    public void A_token_that_tells_its_scopes_is_held_to_them(string scopes, bool mayWrite, string missing)
    {
        var payload = Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{{\"access\":{{\"scope\":[{scopes}]}}}}"));
        var token = $"head.{payload}.seal";

        Assert.That(TokenScopes.AllowWriting(token), Is.EqualTo(mayWrite));
        Assert.That(string.Join(',', TokenScopes.Missing(token)), Is.EqualTo(missing));
    }

    [Test]
    public void A_token_that_tells_nothing_is_believed() => Assert.That(TokenScopes.AllowWriting("opaque"), Is.True);
}
