using SynapseFs.Api;
using SynapseFs.Entities.Documents;

namespace SynapseFs.Entities.Tests.Documents;

internal sealed class RecentDocumentsTests
{
    [Test]
    public void The_oldest_go_when_there_are_too_many()
    {
        var recent = new RecentDocuments();
        var documents = Enumerable.Range(0, 12)
            .Select(number => EntityDocument.Of(new Entity { Id = $"syn{number}", Description = new string('x', 1 << 20) }))
            .ToList();

        foreach (var document in documents)
            recent.Add(DocumentDescriber.KeyOf("syn", document), document);

        Assert.That(recent.TryGet(DocumentDescriber.KeyOf("syn", documents[0]), out _), Is.False);
        Assert.That(recent.TryGet(DocumentDescriber.KeyOf("syn", documents[^1]), out var last), Is.True);
        Assert.That(last, Is.SameAs(documents[^1]));
    }
}
