using SynapseFs.Core.Searching;
using SynapseFs.Entities.Finding;
using SynapseFs.Vfs;

namespace SynapseFs.Entities.Tests.Finding;

internal sealed class FoundNamesTests
{
    [Test]
    public void Names_stay_and_those_that_collide_get_their_id_before_the_extension()
    {
        KnownNode[] found = [Node("/a/reads.bam", "syn1"), Node("/b/reads.bam", "syn2"), Node("/b/other.bam", "syn3"), Node("/c/README", "syn4"), Node("/README", "")];

        Assert.That(FoundNames.Of(found).Keys, Is.EquivalentTo(new[]
        {
            "reads%syn1.bam", "reads%syn2.bam", "other.bam", "README%syn4", "README%%README",
        }));
    }

    [Test]
    public void A_name_that_reads_as_a_term_does_not_stand_in_for_one()
    {
        var name = FoundNames.Of([Node("/a=b.txt", "syn1")]).Keys.Single();

        Assert.That(name, Is.EqualTo("@a=b%syn1.txt"));
        Assert.That(TermName.Parse(name), Is.Null);
    }

    private static KnownNode Node(string path, string id) => new(path, NodeType.File, id, new Dictionary<string, string>());
}
