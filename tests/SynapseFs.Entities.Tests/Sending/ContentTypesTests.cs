using SynapseFs.Entities.Sending;

namespace SynapseFs.Entities.Tests.Sending;

internal sealed class ContentTypesTests
{
    [TestCase("reads.bam", "application/octet-stream")]
    [TestCase("reads.fastq.gz", "application/gzip")]
    [TestCase("calls.vcf", "text/tab-separated-values")]
    [TestCase("calls.VCF.GZ", "application/gzip")]
    [TestCase("table.csv", "text/csv")]
    [TestCase("script.R", "text/x-r")]
    [TestCase("notebook.ipynb", "application/x-ipynb+json")]
    [TestCase("README", "application/octet-stream")]
    [TestCase(".csv", "text/csv")]
    [TestCase("what.unheard", "application/octet-stream")]
    public void A_names_ending_tells_the_type(string name, string expected) => Assert.That(ContentTypes.Of(name), Is.EqualTo(expected));
}
