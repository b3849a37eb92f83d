using SynapseFs.Client.Transport;

namespace SynapseFs.Client.Tests.Transport;

internal sealed class ErrorTextTests
{
    [TestCase("see https://s3/x?X-Amz-Signature=abc now", "see https://s3/x?… now")]
    [TestCase("'http://h/p?a=b&c=d'", "'http://h/p?…'")]
    [TestCase("token hunter2 is bad", "token … is bad")]
    [TestCase("nothing secret?", "nothing secret?")]
    public void Secrets_are_taken_out_of_foreign_text(string text, string expected) =>
        Assert.That(ErrorText.Clean(text, "hunter2"), Is.EqualTo(expected));
}
